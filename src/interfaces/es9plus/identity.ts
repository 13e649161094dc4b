import { unknownTransaction } from '../authentication/index.js';
import type { SigningKey, SmdpIdentity } from '../../pki/index.js';
import type { RspSession } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';

/**
 * The server's certificates for a session. CERT.DPpb must have the same CI and owner as the CERT.DPauth with which the session began.
 *
 * @throws Refusal 8.10.1/3.9 if the server was restarted with other certificates
 */
export function identityOf({ pki }: Es9PlusContext, session: RspSession): SmdpIdentity<SigningKey> {
  const identity = pki.identityUnder(session.serverCiKeyId);
  if (!identity) throw unknownTransaction('names a session with certificates that the server no longer has');
  return identity;
}
