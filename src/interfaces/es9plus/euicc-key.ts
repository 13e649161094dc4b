import type { KeyObject } from 'node:crypto';
import { unknownTransaction } from '../authentication/index.js';
import { importPoint, type Curve } from '../../pki/index.js';
import type { RspSession } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';

/**
 * PK.EUICC of the session. AuthenticateClient has verified this key and stored it in the session.
 *
 * @throws Refusal 8.10.1/3.9 if the server was restarted with other CIs
 */
export function euiccKey({ pki }: Es9PlusContext, session: RspSession): KeyObject {
  const ci = pki.trustedCis.find(({ subjectKeyId }) => subjectKeyId?.equals(session.euiccCiKeyId));
  if (!ci || !session.euiccPublicPoint) {
    throw unknownTransaction('names a session under a CI that the server no longer has');
  }
  return importPoint(ci.curve as Curve, session.euiccPublicPoint);
}
