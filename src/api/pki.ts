import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { revokedSerialNumber } from '../instruments/faults/index.js';
import { certificateToPem, issueCrl } from '../pki/index.js';
import type { ControlContext } from './context.js';
import { euicc, tlsRoots } from './euicc.js';
import { Problem, problemResponses } from './http/problem.js';

/** `/pki`: the certificates that clients must trust, CRLs, and new eUICC certificates. */
export function pki(app: FastifyInstance, { context }: { context: ControlContext }, done: () => void): void {
  const pem = (url: string, summary: string, text: () => string): void => {
    const schema = {
      tags: ['pki'],
      summary,
      response: { 200: { content: { [pemFile]: { schema: Type.String() } } } },
    };
    app.get(url, { schema }, (_request, reply) => reply.type(pemFile).send(text()));
  };
  pem('/pki/ci.pem', 'The certificates of the CIs whose eUICCs the server accepts', () =>
    context.pki.trustedCis.map(certificateToPem).join(''),
  );
  pem('/pki/tls.pem', 'The CA certificates that a TLS client of the device-facing listener must trust', () =>
    tlsRoots(context.pki),
  );
  crl(app, context);
  euicc(app, context);
  done();
}

const pemFile = 'application/x-pem-file';

const CrlQuery = Type.Object(
  {
    ci: Type.Optional(
      Type.String({ pattern: '^[0-9A-Fa-f]{40}$', description: 'the key identifier of a CI, 40 hex digits' }),
    ),
  },
  { additionalProperties: false },
);

/** `/pki/crl`: with this CRL, a device detects the revoked certificate that it gets for the MatchingID CERT-REVOKED. */
function crl(app: FastifyInstance, { pki: { issuers }, clock }: ControlContext): void {
  const schema = {
    tags: ['pki'],
    summary:
      'The CRL of a CI whose private key is in the PKI folder; the CRL revokes the certificate that the MatchingID CERT-REVOKED selects',
    querystring: CrlQuery,
    response: { 200: { content: { [crlFile]: { schema: Type.Any() } } }, ...problemResponses },
  };
  app.get<{ Querystring: Static<typeof CrlQuery> }>('/pki/crl', { schema }, (request, reply) => {
    const asked = request.query.ci?.toLowerCase();
    const ci = issuers.find(({ certificate: { subjectKeyId } }) =>
      asked === undefined ? subjectKeyId : subjectKeyId?.toString('hex') === asked,
    );
    if (!ci) throw new Problem(404, 'the PKI folder has no private key of a CI with this key identifier');
    return reply.type(crlFile).send(issueCrl(ci, [revokedSerialNumber], clock.now()));
  });
}

const crlFile = 'application/pkix-crl';
