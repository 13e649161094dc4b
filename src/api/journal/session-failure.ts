import type { ExchangeEntry, SessionTrace } from '../../instruments/journal/index.js';
import type { Failure } from '../../wire/device-words/index.js';
import { BppCommandId, CancelSessionReason, ErrorReason } from '../../wire/rsp/index.js';
import { exchangeFailure, nameIn, bodyMember } from './exchange-failure.js';
import { memberAt } from './member-at.js';

/**
 * Why the device got no profile in a session, from the device's point of view. `undefined` if the device got a profile,
 * or if the session has not ended.
 *
 * A signed result of the eUICC takes precedence over everything else. A refusal takes precedence over a cancellation
 * that follows it, because lpac cancels after each failure.
 */
export function sessionFailure({ entries }: SessionTrace): Failure | undefined {
  const outcomes = entries.map(({ exchange }) => exchange.sessionOutcome);
  if (outcomes.includes('installed')) return undefined;
  const failed = entries[outcomes.indexOf('failed')];
  if (failed) return installationFailure(failed);
  const cancelled = entries[outcomes.indexOf('cancelled')];
  const last = entries.findLast(({ exchange }) => !isAfterwards(exchange.functionName));
  return (last && exchangeFailure(last)) ?? (cancelled && cancellation(cancelled));
}

const isAfterwards = (functionName: string): boolean =>
  functionName === 'cancelSession' || functionName === 'handleNotification';

function installationFailure({ exchange }: ExchangeEntry): Failure {
  const error = memberAt(bodyMember(exchange.request?.body, 'pendingNotification'), [
    'profileInstallationResult',
    'profileInstallationResultData',
    'finalResult',
    'errorResult',
  ]);
  return {
    kind: 'installation',
    command: nameIn(BppCommandId, memberAt(error, ['bppCommandId']), 'loadProfileElements'),
    reason: nameIn(ErrorReason, memberAt(error, ['errorReason']), 'installFailedDueToUnknownError'),
  };
}

function cancellation({ exchange }: ExchangeEntry): Failure {
  const reason = memberAt(bodyMember(exchange.request?.body, 'cancelSessionResponse'), [
    'cancelSessionResponseOk',
    'euiccCancelSessionSigned',
    'reason',
  ]);
  return { kind: 'cancel', reason: nameIn(CancelSessionReason, reason, 'undefinedReason') };
}
