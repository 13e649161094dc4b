import { unknownTransaction } from '../authentication/index.js';
import type { SigningKey, SmdpIdentity } from '../../pki/index.js';
import type { RspSession } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';

/**
 * The certificates of the session: CERT.DPauth and CERT.DPpb must have the same CI and owner.
 *
 * @throws Refusal 8.10.1/3.9 if the server has been restarted with other certificates
 */
export function identityOf({ pki }: Es9PlusContext, session: RspSession): SmdpIdentity<SigningKey> {
  const identity = pki.identityUnder(session.serverCiKeyId);
  if (!identity) throw unknownTransaction('was begun with certificates that are not loaded any more');
  return identity;
}
