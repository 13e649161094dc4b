import type { KeyObject } from 'node:crypto';
import { importPoint, type Curve } from '../pki/index.js';
import type { RspSession } from '../store/index.js';
import type { Es9PlusContext } from './context.js';

/** PK.EUICC, which authenticateClient has verified and bound to the session. */
export function euiccKey({ pki }: Es9PlusContext, session: RspSession): KeyObject {
  const ci = pki.trustedCis.find(({ subjectKeyId }) => subjectKeyId?.equals(session.euiccCiKeyId));
  if (!ci || !session.euiccPublicPoint) throw new Error('the CI of the session is not loaded any more');
  return importPoint(ci.curve as Curve, session.euiccPublicPoint);
}
