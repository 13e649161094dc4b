import type { RspServer } from '../authentication/index.js';
import { authenticateClient } from './authenticate-client.js';
import type { Es9PlusContext } from './context.js';

/** Describes the SM-DP+ for mutual authentication. */
export const smdp = (context: Es9PlusContext): RspServer => ({
  role: 'smdp',
  title: 'SM-DP+',
  subject: '8.8',
  initiateAuthenticationClause: '5.6.1',
  certificate: 'CERT.DPauth',
  at: context.smdp,
  identityFor: (signingList, verificationList) => context.pki.identityFor(signingList, verificationList),
  cis: () => {
    const trusted = context.pki.trustedCis.map(({ subjectKeyId }) => subjectKeyId!);
    return { trusted, certified: trusted.filter((keyId) => context.pki.identityUnder(keyId)) };
  },
  authenticateClient: (request) => authenticateClient(context, request),
});
