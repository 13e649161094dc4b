import type { Exchange } from '../exchanges/exchange.js';

/** Clause of SGP.22 that defines how messages are encoded. */
const messageFormat = '6.5.1';

/**
 * The SGP.22 clause of the check that refused a request: 6.5.1 if the message could not be decoded. Absent if a fault
 * refused the request.
 */
export function refusingClause({ refusal, faultNotes, failedCheck }: Exchange): string | undefined {
  if (!refusal || faultNotes.length > 0) return undefined;
  return failedCheck?.clause ?? (refusal.subjectCode === '1.3.1' ? messageFormat : undefined);
}
