import type { Exchange } from '../exchanges/exchange.js';

/**
 * The TransactionId, in upper case, that a request names which was refused, or which a fault has kept from being handled;
 * whether there is such a session or not. All others have been learned from the session itself.
 */
export function namedTransaction({ refusal, notes, request }: Exchange): string | undefined {
  if (!request || (!refusal && notes.length === 0)) return undefined;
  const named = /"transactionId"\s*:\s*"((?:[0-9A-Fa-f]{2}){1,16})"/.exec(
    request.body.toString('latin1'),
  )?.[1];
  return named?.toUpperCase();
}
