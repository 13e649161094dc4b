import type { Exchange } from '../exchanges/exchange.js';

/**
 * If a request was refused, or a fault acted on it, returns the TransactionId in its body, in upper case. A session with this
 * TransactionId need not exist. For all other requests, the TransactionId is among the facts.
 */
export function namedTransaction({ refusal, faultNotes, request }: Exchange): string | undefined {
  if (!request || (!refusal && faultNotes.length === 0)) return undefined;
  const named = /"transactionId"\s*:\s*"((?:[0-9A-Fa-f]{2}){1,16})"/.exec(
    request.body.toString('latin1'),
  )?.[1];
  return named?.toUpperCase();
}
