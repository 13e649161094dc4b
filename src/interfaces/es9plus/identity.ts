import { unknownTransaction } from '../authentication/index.js';
import type { SigningKey, SmdpIdentity } from '../../pki/index.js';
import type { RspSession } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';

/**
 * The certificates that the session was begun with: CERT.DPauth and CERT.DPpb have to be of one CI and one owner.
 *
 * @throws Refusal 8.10.1/3.9 when the server was started anew with others
 */
export function identityOf({ pki }: Es9PlusContext, session: RspSession): SmdpIdentity<SigningKey> {
  const identity = pki.identityUnder(session.serverCiKeyId);
  if (!identity) throw unknownTransaction('was begun with certificates that are not loaded any more');
  return identity;
}
