import type { Answer } from '../exchanges/answer.js';
import type { Exchange } from '../exchanges/exchange.js';

/** Result of a successful function, with or without a warning. */
export const success = 'Executed-Success';

/** Result of an exchange whose answer a fault cut off. */
export const interrupted = 'interrupted';

/** Result of a notification that the server keeps although it cannot decode or verify it. */
export const unverified = 'unverified';

/** Result of an answer without a body, from another server or after a fault, to a function that has one. */
const emptyAnswer = 'empty answer';

/**
 * The result of an exchange: `Executed-Success`, an SGP.22 status code (`8.2.6/3.8`), `HTTP 500` for a status that no
 * function uses, `TLS unknown_ca` for a connection without a request, `unverified` for a notification that cannot be
 * verified, `interrupted`, `empty answer`, or `unreadable`. A fault or another server may make a body empty or unreadable.
 */
export function resultOf(
  { refusal, faultNotes, listenerFailure, notification, forwardedTo }: Exchange,
  answer: Answer,
): string {
  if (listenerFailure) return listenerFailure.result;
  if (answer.delivery?.cut !== undefined) return interrupted;
  if (answer.status !== 200 && answer.status !== 204) return refusal?.status ?? `HTTP ${answer.status}`;
  if (answer.status === 204 && notification?.verified === false) return unverified;
  return faultNotes.length === 0 && forwardedTo === undefined
    ? (refusal?.status ?? success)
    : statusIn(answer);
}

/** The status in the body as sent. A fault may have changed the body, or another server may have written it. */
function statusIn({ status, body }: Answer): string {
  if (body.length === 0) return status === 204 ? success : emptyAnswer;
  try {
    const { header } = JSON.parse(body.toString('utf8')) as { header: Header };
    const { status: outcome, statusCodeData } = header.functionExecutionStatus;
    // The status code of a warning says nothing about a failure.
    if (outcome === 'Executed-WithWarning') return success;
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
