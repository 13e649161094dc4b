import type { Exchange } from '../exchange.js';

/**
 * The TransactionId that a refused request names, in upper case, whether there is such a session or not; all others have
 * been learned from the session itself.
 */
export function namedTransaction({ refusal, request }: Exchange): string | undefined {
  if (!refusal || !request) return undefined;
  const named = /"transactionId"\s*:\s*"((?:[0-9A-Fa-f]{2}){1,16})"/.exec(
    request.body.toString('latin1'),
  )?.[1];
  return named?.toUpperCase();
}
