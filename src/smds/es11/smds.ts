import type { RspServer } from '../../interfaces/authentication/index.js';
import { selectIdentity } from '../../pki/index.js';
import { authenticateClient } from './authenticate-client.js';
import type { Es11Context } from './context.js';

/** Describes the SM-DS for mutual authentication. */
export const smds = (context: Es11Context): RspServer => ({
  role: 'smds',
  title: 'SM-DS',
  subject: '8.9',
  initiateAuthenticationClause: '5.8.1',
  certificate: 'CERT.DSauth',
  at: context,
  identityFor: (signingList, verificationList) =>
    selectIdentity(context.pki.trustedCis, context.pki.smds?.identities ?? [], signingList, verificationList),
  cis: () => ({
    trusted: context.pki.trustedCis.map(({ subjectKeyId }) => subjectKeyId!),
    certified: (context.pki.smds?.identities ?? []).map(({ ci }) => ci.subjectKeyId!),
  }),
  authenticateClient: (request) => authenticateClient(context, request),
});
