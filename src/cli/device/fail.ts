import { UsageError } from '../../device/index.js';
import { CliError, MisuseError } from '../errors.js';
import { printJson } from '../output.js';
import { failureOf } from './explain-failure.js';

/**
 * Runs `work`, and explains errors of the LPA and the eUICC to the user.
 *
 * @throws MisuseError for a wrong activation code, CliError for other failures
 */
export async function explained<T>({ json }: { json?: boolean }, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    if (json) printJson(failure.json);
    // Only a wrong activation code counts as wrong usage. Other UsageErrors depend on the server's answer, and count as
    // failures.
    const isTyped = error instanceof UsageError && error.step === 'activationCode';
    throw new (isTyped ? MisuseError : CliError)(failure.text, { cause: error });
  }
}
