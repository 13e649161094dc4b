import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import { es2plusFunctions, releaseProfile as release, type Es2PlusCall } from '../../orders/index.js';
import type { Es2PlusContext } from './context.js';
import { membersOf } from './members.js';

/** ES2+.ReleaseProfile (SGP.22 5.3.4). */
export async function releaseProfile(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const request = await membersOf(context, body, es2plusFunctions.releaseProfile.request);
  await exchange.learn({ iccid: request.iccid });
  return release(context, call, request);
}
