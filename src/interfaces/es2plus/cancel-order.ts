import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import {
  cancelOrder as cancel,
  es2plusFunctions,
  type Es2PlusAnswer,
  type Es2PlusCall,
} from '../../orders/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Es2PlusContext } from './context.js';
import { isGiven, membersOf } from './members.js';

/** ES2+.CancelOrder (SGP.22 5.3.3). */
export async function cancelOrder(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<Es2PlusAnswer<'cancelOrder'>> {
  exchange.check('5.3.3', 'iccid and finalProfileStatusIndicator are given', () => requireOrderData(body));
  const request = await membersOf(context, body, es2plusFunctions.cancelOrder.request);
  await exchange.learn({ iccid: request.iccid, eid: request.eid, matchingId: request.matchingId });
  return cancel(context, call, request);
}

/** This function has a status code of its own for what is missing. @throws Refusal 8.2.1/2.2 */
function requireOrderData(body: RequestBody): void {
  for (const member of ['iccid', 'finalProfileStatusIndicator']) {
    if (!isGiven(body, member)) throw new Refusal('8.2.1/2.2', `${member} is missing`);
  }
}
