import {
  EuiccRefusal,
  HttpStatusError,
  InstallationFailed,
  NonconformityError,
  ServerRefusal,
  SessionRefused,
  TransportError,
  UsageError,
  type LpaError,
} from '../lpa/index.js';
import type { DeviceEnd, FleetState } from './states.js';

/** Status codes with which a server says that it has no profile for an EID. */
const nothingPending: ReadonlySet<string> = new Set(['8.1.1/3.8', '8.2.6/3.8']);
/** Status code of a server that no longer knows the session, for example because the server was restarted. */
const lostSession = '8.10.1/3.9';

/** Whether the same request may succeed later. */
export const isTransient = (error: LpaError): boolean =>
  error instanceof TransportError ||
  (error instanceof HttpStatusError && error.httpStatus >= 500) ||
  (error instanceof ServerRefusal && error.status === lostSession);

/**
 * The end of a device whose download failed.
 *
 * @param byEid whether the device had no MatchingID and asked for a profile for its EID
 */
export function endOf(error: LpaError, byEid: boolean): DeviceEnd {
  const { step, message } = error;
  return { state: stateOf(error, byEid), step, code: codeOf(error), message };
}

function stateOf(error: LpaError, byEid: boolean): FleetState {
  if (error instanceof ServerRefusal)
    return byEid && nothingPending.has(error.status) ? 'nothingPending' : 'refused';
  if (error instanceof EuiccRefusal || error instanceof SessionRefused) return 'euiccRefused';
  if (error instanceof InstallationFailed) return 'installFailed';
  if (error instanceof TransportError) return 'unreachable';
  if (error instanceof UsageError) return 'deviceError';
  return 'nonconforming';
}

function codeOf(error: LpaError): string | undefined {
  if (error instanceof ServerRefusal) return error.status;
  if (error instanceof EuiccRefusal) return error.code;
  if (error instanceof SessionRefused) return error.reason;
  if (error instanceof InstallationFailed) return error.errorReason;
  if (error instanceof HttpStatusError) return `HTTP ${error.httpStatus}`;
  if (error instanceof NonconformityError) return undefined;
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
