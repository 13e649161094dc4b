import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import {
  confirmOrder as confirm,
  es2plusFunctions,
  type Es2PlusAnswer,
  type Es2PlusCall,
} from '../../orders/index.js';
import type { Es2PlusContext } from './context.js';
import { membersOf } from './members.js';

/** ES2+.ConfirmOrder (SGP.22 5.3.2). */
export async function confirmOrder(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<Es2PlusAnswer<'confirmOrder'>> {
  const request = await membersOf(context, body, es2plusFunctions.confirmOrder.request);
  await exchange.learn({ iccid: request.iccid, eid: request.eid, matchingId: request.matchingId });
  if (request.smdsAddress !== undefined && request.matchingId === '')
    exchange.noteDeviation('5.3.2', 'smdsAddress is given with an empty MatchingID: no event is registered');
  const answer = await confirm(context, call, request);
  await exchange.learn(answer);
  // Not part of the answer that is kept for repeated calls: the address may have changed since.
  return { ...answer, smdpAddress: context.smdp.address };
}
