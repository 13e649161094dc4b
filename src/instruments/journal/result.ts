import type { Answer } from '../exchanges/answer.js';
import type { Exchange } from '../exchanges/exchange.js';

/** The result of a function that was executed. */
export const success = 'Executed-Success';

/** The result of an answer that was cut off. */
export const interrupted = 'interrupted';

/** The result of a notification that is kept, but cannot be read or does not verify. */
export const unverified = 'unverified';

/**
 * What was answered: `Executed-Success`, a status code of SGP.22 (`8.2.6/3.8`), `HTTP 500` where the status is none that a
 * function answers with, `TLS unknown_ca` where there was no request, `unverified` for a
 * notification that is kept but not believed, or `interrupted`.
 */
export function resultOf({ refusal, notes, mishap, notification }: Exchange, answer: Answer): string {
  if (mishap) return mishap.result;
  if (answer.delivery?.cut !== undefined) return interrupted;
  if (answer.status !== 200 && answer.status !== 204) return refusal?.status ?? `HTTP ${answer.status}`;
  if (answer.status === 204 && notification?.verified === false) return unverified;
  return notes.length === 0 ? (refusal?.status ?? success) : statusIn(answer);
}

/** As it went out: a fault may have put another status in. */
function statusIn({ status, body }: Answer): string {
  if (status === 204 && body.length === 0) return success;
  try {
    const { header } = JSON.parse(body.toString('utf8')) as { header: Header };
    const { status: outcome, statusCodeData } = header.functionExecutionStatus;
    return statusCodeData ? `${statusCodeData.subjectCode}/${statusCodeData.reasonCode}` : outcome;
  } catch {
    return 'unreadable';
  }
}

interface Header {
  readonly functionExecutionStatus: {
    readonly status: string;
    readonly statusCodeData?: { readonly subjectCode: string; readonly reasonCode: string };
  };
}
