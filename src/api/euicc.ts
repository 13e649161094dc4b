import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import {
  certificateToPem,
  eidRangesOf,
  issueEuicc,
  eumFor,
  mayIssue,
  newEid,
  type Credential,
  privateKeyToPem,
} from '../pki/index.js';
import { eidCheckDigitsHold } from '../wire/rsp/index.js';
import type { ControlContext } from './context.js';
import { fieldProblem, problemResponses } from './http/problem.js';
import { viewFrom } from './http/view.js';

/** Body of `POST /pki/euicc`. */
export const EuiccRequest = Type.Object(
  {
    eid: Type.Optional(
      Type.String({
        pattern: '^[0-9]{32}$',
        description: '32 digits; default: a new EID in the range of the EUM',
      }),
    ),
  },
  { additionalProperties: false },
);
export type EuiccRequest = Static<typeof EuiccRequest>;

const pem = (description: string) => Type.String({ description: `PEM: ${description}` });

interface MadeEuicc extends ReturnType<typeof issueEuicc> {
  readonly eid: string;
  readonly eum: Credential;
  readonly pki: ControlContext['pki'];
}

const euiccView = viewFrom<MadeEuicc>()(
  (member) => ({
    eid: member(Type.String({ description: '32 digits' }), ({ eid }) => eid),
    euiccCertificate: member(pem('CERT.EUICC.ECDSA'), ({ certificate }) => certificateToPem(certificate)),
    euiccKey: member(pem('SK.EUICC.ECDSA, a test key that protects nothing'), ({ key }) =>
      privateKeyToPem(key),
    ),
    eumCertificate: member(pem('CERT.EUM.ECDSA'), ({ eum }) => certificateToPem(eum.certificate)),
    ciCertificates: member(pem('CIs that the eUICC trusts'), ({ pki }) =>
      pki.trustedCis.map(certificateToPem).join(''),
    ),
    tlsCertificates: member(
      pem('CAs that a TLS client of the device-facing listener must trust'),
      ({ pki }) => tlsRoots(pki),
    ),
    warnings: member(
      Type.Array(Type.String(), { description: 'why servers may refuse the EID' }),
      ({ eid, eum }) => warningsAbout(eid, eum),
    ),
  }),
  { description: 'A virtual eUICC, for tests only' },
);

/** A virtual eUICC for a test: its EID, keys and certificates, and the CAs that it trusts. */
export const EuiccView = euiccView.schema;
export type EuiccView = Static<typeof EuiccView>;

/**
 * `POST /pki/euicc`: makes an eUICC for a test device outside this process. The device then needs no file of the PKI
 * folder.
 */
export function euicc(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['pki'],
    summary:
      'Make a virtual eUICC for a test: its EID, certificates and private key; the server does not keep them',
    body: EuiccRequest,
    response: { 200: EuiccView, ...problemResponses },
  };
  app.post<{ Body: EuiccRequest }>('/pki/euicc', { schema }, async (request) => {
    const { pki, clock, random } = context;
    const [eum] = pki.eums;
    if (!eum)
      throw fieldProblem(
        'SK_EUM',
        'the PKI folder has no private key of a manufacturer (EUM), which the server needs to make an eUICC',
        'start the server with an empty folder as SMDP_CERTS, so that it makes its own PKI; or give the device an eUICC that was made under the CI of that folder',
        409,
      );
    const eid = request.body.eid ?? newEid(eum.certificate, random);
    const own = eumFor(eid, pki, clock.now()) ?? eum;
    return euiccView.of({ eid, eum: own, pki, ...issueEuicc(own, eid, { now: clock.now() }) });
  });
}

/** The CAs, as PEM, that a TLS client of the device-facing listener must trust, for both curves. */
export function tlsRoots({ tls: { ca, brainpool } }: Pick<ControlContext['pki'], 'tls'>): string {
  return brainpool && brainpool.ca !== ca ? `${ca.trimEnd()}\n${brainpool.ca}` : ca;
}

function warningsAbout(eid: string, { certificate }: Credential): string[] {
  return [
    ...(mayIssue(certificate, eid)
      ? []
      : [
          `the EUM may issue EIDs that begin with ${eidRangesOf(certificate).join(' or ')}: servers refuse this EID with 8.1.3/6.1`,
        ]),
    ...(eidCheckDigitsHold(eid) ? [] : ['the last two digits of the EID are not its check digits (SGP.29)']),
  ];
}
