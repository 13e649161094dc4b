import { describe, expect, it } from 'vitest';
import {
  issueCertificate,
  issueCi,
  issueDpTls,
  issueDsTls,
  issueEum,
  keyPurposes,
  Revocations,
  verifyServerChain,
  write,
  type Credential,
  type Role,
} from '../../src/pki/index.js';
import { day, now, raised } from './support.js';

const ci = issueCi({ now });
const subject = { names: ['smdp.example.com'] as const };
const issued = (changes = {}, issuer: Credential = ci) => issueDpTls(issuer, subject, { now, ...changes });

/** A CA between CI and server, as SGP.22 v3 has it. */
const subCa = (issuer: Credential = ci, changes = {}) =>
  issueCertificate(
    {
      subject: [['CN', 'SM-DP+ SubCA']],
      notBefore: new Date(now.getTime() - day),
      notAfter: new Date(now.getTime() + day),
      extensions: {
        basicConstraints: write.basicConstraints(true, 0),
        keyUsage: write.keyUsage(['keyCertSign', 'cRLSign']),
      },
      ...changes,
    },
    issuer,
  );

const verify = (presented: readonly { der: Buffer }[], roles: readonly [Role, ...Role[]] = ['dpTls']) =>
  verifyServerChain({
    presented: presented.map(({ der }) => der),
    roles,
    purpose: keyPurposes.clientAuth,
    trustedCis: [ci.certificate],
    revocations: new Revocations(),
    now,
  });

describe('the TLS certificate of an RSP server', () => {
  it('is accepted under a trusted CI', () => {
    const server = issued();
    expect(verify([server]).der).toEqual(server.der);
    const smds = issueDsTls(ci, subject, { now });
    expect(verify([smds], ['dpTls', 'dsTls']).der).toEqual(smds.der);
  });

  it('is accepted under CAs of the CI that were sent along', () => {
    const ca = subCa();
    const below = subCa(ca);
    const server = issued({}, below);
    expect(verify([server, ca, below]).der).toEqual(server.der);
  });

  const otherCi = issueCi({ now });
  const eum = issueEum(ci, { now });
  const expiredCa = subCa(ci, { notAfter: new Date(now.getTime() - 1000) });
  const noCa = subCa(ci, { extensions: { keyUsage: write.keyUsage(['keyCertSign']) } });
  const noSigner = subCa(ci, { extensions: { basicConstraints: write.basicConstraints(true) } });
  const tampered = Buffer.from(issued().der);
  tampered[tampered.length - 1]! ^= 1;

  it.each<[string, string, readonly { der: Buffer }[]]>([
    ['of another CI', 'issuer', [issued({}, otherCi), otherCi]],
    ['whose CA was not sent', 'issuer', [issued({}, subCa())]],
    ['with a signature that is not that of its CI', 'issuer', [{ der: tampered }]],
    ['that is no certificate', 'malformed', [{ der: Buffer.from('3003020101', 'hex') }]],
    ['below a CA that has expired', 'expired', [issued({}, expiredCa), expiredCa]],
    ['below a certificate that is no CA', 'basicConstraints', [issued({}, noCa), noCa]],
    ['below a CA that may not sign certificates', 'keyUsage', [issued({}, noSigner), noSigner]],
    ['that has expired', 'expired', [issued({ notAfter: new Date(now.getTime() - 1000) })]],
    ['that is not valid yet', 'notYetValid', [issued({ notBefore: new Date(now.getTime() + 1000) })]],
    ['of another role', 'role', [issueDsTls(ci, subject, { now })]],
    ['of an EUM', 'role', [eum]],
    [
      'without digitalSignature',
      'keyUsage',
      [issued({ extensions: { keyUsage: write.keyUsage(['keyAgreement']) } })],
    ],
    [
      'for another purpose',
      'extendedKeyUsage',
      [issued({ extensions: { extendedKeyUsage: write.extendedKeyUsage([keyPurposes.serverAuth]) } })],
    ],
  ])('is refused: one %s (%s)', (_, problem, presented) => {
    expect(raised(() => verify(presented))).toMatchObject({ name: 'CertificateError', problem });
  });
});
