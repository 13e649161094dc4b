import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import { releaseProfile as release, type Es2PlusCall } from '../../orders/index.js';
import type { Es2PlusContext } from './context.js';
import { iccidOf } from './members.js';

/** ES2+.ReleaseProfile (SGP.22 5.3.4). */
export async function releaseProfile(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const iccid = await iccidOf(context, body);
  await exchange.learn({ iccid });
  return release(context, call, { iccid });
}
