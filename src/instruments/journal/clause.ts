import type { Exchange } from '../exchanges/exchange.js';

/** Where SGP.22 says how messages are written. */
const messageFormat = '6.5.1';

/**
 * Where SGP.22 has the check that refused a request: the clause of the check itself, or 6.5.1 where the message could not be
 * read. Absent where a fault refused the request on purpose.
 */
export function refusingClause({ refusal, notes, failedCheck }: Exchange): string | undefined {
  if (!refusal || notes.length > 0) return undefined;
  return failedCheck?.clause ?? (refusal.subjectCode === '1.3.1' ? messageFormat : undefined);
}
