import { UsageError } from '../../device/index.js';
import { CliError, MisuseError } from '../errors.js';
import { printJson } from '../output.js';
import { failureOf } from './explain-failure.js';

/** Runs what may fail with errors of the LPA or of the eUICC, and says those in the words of a person. */
export async function explained<T>({ json }: { json?: boolean }, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    if (json) printJson(failure.json);
    // What was typed; other errors of use are noticed in what a server answers.
    const isTyped = error instanceof UsageError && error.step === 'activationCode';
    throw new (isTyped ? MisuseError : CliError)(failure.text, { cause: error });
  }
}
