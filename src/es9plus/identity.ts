import type { SmdpIdentity } from '../pki/index.js';
import type { RspSession } from '../store/index.js';
import type { Es9PlusContext } from './context.js';

/** The certificates that the session was begun with: CERT.DPauth and CERT.DPpb have to be of one CI and one owner. */
export function identityOf({ pki }: Es9PlusContext, session: RspSession): SmdpIdentity {
  const identity = pki.identityUnder(session.serverCiKeyId);
  if (!identity) throw new Error('the certificates of the session are not loaded any more');
  return identity;
}
