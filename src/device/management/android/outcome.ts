import type { OperationRecord } from '../../park/index.js';
import type { EsimStatus } from './command.js';
import { euiccError, internalError, isDenial } from './euicc-error.js';
import type { Outcome } from './issued-command.js';

/** The profile that an operation has added or removed. */
export interface EsimChange {
  readonly outcome: 'done';
  readonly iccid: string;
}

/** The outcome of ADD_ESIM or REMOVE_ESIM, read from the operation that the device has started. */
export function esimOutcome({ state, result, error }: OperationRecord): ReturnType<Outcome> {
  if (state === 'running') return withStatus({ status: 'IN_PROGRESS' });
  if (state === 'asking') return withStatus({ status: 'PENDING_USER_ACTION' });
  if (error && isDenial(error)) return withStatus({ status: 'ERROR_USER_DENIED' });
  if (error) {
    const words = euiccError(error);
    return { ...withStatus(internalError(words)), euiccError: words };
  }
  return isChange(result)
    ? withStatus({ status: 'SUCCESS', esimInfo: { iccId: result.iccid } })
    : withStatus({ status: 'ERROR_USER_DENIED' });
}

const withStatus = (esimStatus: EsimStatus): ReturnType<Outcome> => ({ status: { esimStatus } });

/** Whether the device added or removed a profile. If not, the user cancelled the download. */
const isChange = (result: unknown): result is EsimChange =>
  typeof result === 'object' && result !== null && 'outcome' in result && result.outcome === 'done';
