import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  issueCi,
  issueEum,
  signPlain,
  verifyCertificateSignature,
  verifyPlain,
  whyUnverified,
} from '../../src/pki/index.js';

describe.each(['P-256', 'brainpoolP256r1'])('a signature on %s', (namedCurve) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const data = [Buffer.from('serverSigned1'), Buffer.from('more')];

  it('has 64 octets and covers the parts as if they were one', () => {
    const signature = signPlain(privateKey, data);
    expect(signature).toHaveLength(64);
    expect(verifyPlain(publicKey, [Buffer.concat(data)], signature)).toBe(true);
    const plain = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.concat(data), plain, signature)).toBe(true);
  });

  it('is refused over other data, by another key, in DER, with a wrong length, and when it is zero', () => {
    const signature = signPlain(privateKey, data);
    const other = generateKeyPairSync('ec', { namedCurve }).publicKey;
    expect(verifyPlain(publicKey, data.slice(0, 1), signature)).toBe(false);
    expect(verifyPlain(other, data, signature)).toBe(false);
    for (const wrong of [
      signature.subarray(1),
      Buffer.concat([signature, signature]),
      Buffer.alloc(64),
      Buffer.alloc(0),
    ])
      expect(verifyPlain(publicKey, data, wrong)).toBe(false);
  });

  it('that is refused is said to be in DER, or of the wrong length, where it is', () => {
    const [data0] = data;
    const der = sign('sha256', data0!, privateKey);
    expect(whyUnverified(der)).toBe(
      `does not verify: it has ${der.length} octets instead of the 64 of r || s; it is in DER`,
    );
    expect(whyUnverified(Buffer.alloc(63))).toBe(
      'does not verify: it has 63 octets instead of the 64 of r || s',
    );
    expect(whyUnverified(Buffer.alloc(64))).toBe('does not verify');
  });

  it('of a certificate is verified with the key of its issuer alone', () => {
    const ci = issueCi({ curve: namedCurve });
    const { certificate } = issueEum(ci);
    expect(verifyCertificateSignature(certificate, createPublicKey(ci.key))).toBe(true);
    expect(verifyCertificateSignature(certificate, certificate.publicKey)).toBe(false);
    const forged = issueEum(ci, { forged: true }).certificate;
    expect(verifyCertificateSignature(forged, ci.certificate.publicKey)).toBe(false);
  });
});
