import type { Exchange } from '../../instruments/exchanges/index.js';
import { text, type RequestBody } from '../json-binding/index.js';
import {
  downloadOrder as order,
  es2plusFunctions,
  type Es2PlusAnswer,
  type Es2PlusCall,
} from '../../orders/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Es2PlusContext } from './context.js';
import { membersOf } from './members.js';

/** ES2+.DownloadOrder (SGP.22 5.3.1). The ICCID is answered in the form in which it came. */
export async function downloadOrder(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<Es2PlusAnswer<'downloadOrder'>> {
  const request = await membersOf(context, body, es2plusFunctions.downloadOrder.request);
  exchange.check('5.3.1', 'iccid or profileType is given', () => {
    if (request.iccid === undefined && request.profileType === undefined)
      throw new Refusal('1.3.1/2.3', 'iccid and profileType are missing: one of them is needed');
  });
  await exchange.learn({ eid: request.eid, iccid: request.iccid });
  const { iccid } = await order(context, call, request);
  await exchange.learn({ iccid });
  return { iccid: request.iccid === undefined ? iccid : text(body, 'iccid') };
}
