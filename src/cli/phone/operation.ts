import type { OperationView } from '../../api/index.js';
import type { Calls } from '../../library/calls.js';
import { wordLines } from '../../wire/device-words/index.js';
import { CliError } from '../errors.js';
import { commandFor, shellWord } from '../invocation.js';
import { print, printable } from '../output.js';
import type { ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

/**
 * Starts an operation of a device. Prints it when it has ended, or when the device asks its user.
 *
 * @throws CliError if the operation failed
 */
export async function runOperation(
  phone: string,
  flags: ApiFlags,
  start: (calls: Calls) => Promise<OperationView>,
): Promise<void> {
  let operation: OperationView | undefined;
  await callApi(
    flags,
    async (calls) => (operation = await start(calls)),
    (ended) => operationLines(ended, phone).forEach((line) => print(line)),
  );
  if (operation?.state === 'failed') throw new CliError(operation.error?.message ?? 'The operation failed.');
}

/** An operation as lines of text: its steps, its result or error, and what real devices show after such an error. */
export function operationLines(operation: OperationView, phone: string): readonly string[] {
  const { action, state, steps, question, result, error, transactionId } = operation;
  const words = error?.whatDevicesSay ?? result?.whatDevicesSay;
  return [
    `${action} (operation ${operation.id}): ${state}`,
    ...steps.map(({ step, message }) => `  ${step}: ${message}`),
    ...(question
      ? [
          `The device asks: ${question.asks === 'consent' ? `install '${question.profileName}' of ${question.serviceProviderName}?` : `confirmation code for '${question.profileName}'?`}`,
          `Answer: ${commandFor('phone', 'answer', shellWord(phone), 'yes')}`,
        ]
      : []),
    ...(result?.outcome === undefined
      ? []
      : [`  ${result.outcome}${result.iccid ? ` ${result.iccid}` : ''}`]),
    ...(result?.downloads ?? []).map(
      (each) => `  ${each.address}: ${each.error?.message ?? `${each.outcome} ${each.iccid ?? ''}`.trim()}`,
    ),
    ...(error ? [`  ${error.message}`] : []),
    ...(transactionId === null ? [] : [`  Messages: ${commandFor('session', 'show', transactionId)}`]),
    ...(words ? ['What devices say:', ...wordLines(words).map((line) => `  ${line}`)] : []),
  ].map((line) => printable(line));
}
