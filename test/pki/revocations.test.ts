import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  issueCi,
  issueEuicc,
  issueEum,
  Revocations,
  verifyEuiccChain,
  type Credential,
} from '../../src/pki/index.js';
import { algorithms } from '../../src/pki/oids.js';
import * as der from '../../src/pki/write-der.js';
import { write } from '../../src/pki/write-extensions.js';
import { now, raised } from './support.js';

/** A CRL of `ci` with the given serial numbers. */
function crl(ci: Credential, serialNumbers: readonly string[], signer = ci): Buffer {
  const algorithm = der.sequence(der.oid(algorithms.ecdsaWithSha256));
  const { oid, value } = write.authorityKeyId(ci.certificate.subjectKeyId!);
  const entries = serialNumbers.map((serial) => der.sequence(der.integer(serial), der.time(now)));
  const tbs = der.sequence(
    der.integer('01'),
    algorithm,
    der.encoded(ci.certificate.subject.der),
    der.time(now),
    der.time(new Date('2029-01-01')),
    ...(entries.length ? [der.sequence(...entries)] : []),
    der.tagged(0, der.sequence(der.sequence(der.oid(oid), der.octetString(value)))),
  );
  const signature = sign('sha256', der.toDer(tbs), signer.key);
  return der.toDer(der.sequence(tbs, algorithm, der.bitString(signature)));
}

describe('a CRL', () => {
  const ci = issueCi({ now });
  const trusted = [ci.certificate];

  it('makes an EUM certificate that it lists invalid, and no other', () => {
    const [revoked, good] = [issueEum(ci, { now }), issueEum(ci, { now })];
    const revocations = new Revocations();
    expect(revocations.add(crl(ci, ['01', revoked.certificate.serialNumber]), trusted)).toEqual(
      new Date('2029-01-01'),
    );
    const verify = (eum: Credential) =>
      verifyEuiccChain({
        eumCertificate: eum.certificate.der,
        euiccCertificate: issueEuicc(eum, undefined, { now }).certificate.der,
        sessionCiKeyId: ci.certificate.subjectKeyId!,
        trustedCis: trusted,
        now,
        revocations,
      });
    expect(verify(good).eum.serialNumber).toBe(good.certificate.serialNumber);
    expect(raised(() => verify(revoked))).toMatchObject({ status: '8.1.2/6.1' });
  });

  it('may be empty', () => {
    const revocations = new Revocations();
    revocations.add(crl(ci, []), trusted);
    expect(revocations.has(issueEum(ci, { now }).certificate)).toBe(false);
  });

  it('is refused when it is forged, of an unknown CI, or no CRL', () => {
    const revocations = new Revocations();
    const problem = (octets: Buffer) =>
      (raised(() => revocations.add(octets, trusted)) as { problem: string }).problem;
    expect(problem(crl(ci, ['01'], issueCi()))).toBe('signature');
    expect(problem(crl(issueCi(), ['01']))).toBe('issuer');
    expect(problem(ci.certificate.der)).toBe('malformed');
  });
});
