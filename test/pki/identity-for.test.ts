import { beforeAll, describe, expect, it } from 'vitest';
import { ensurePki, issueCi, type Pki, type Selection } from '../../src/pki/index.js';
import { loading, temporaryFolder } from './support.js';

let pki: Pki;
let nist: Buffer;
let brainpool: Buffer;
beforeAll(async () => {
  pki = await ensurePki(await temporaryFolder(), loading().options);
  [nist, brainpool] = pki.trustedCis.map((ci) => ci.subjectKeyId!) as [Buffer, Buffer];
});
const unknown = issueCi().certificate.subjectKeyId!;
const select = (signing: Buffer[], verification: Buffer[]) =>
  pki.identityFor(signing, verification) as Selection;

describe('the identity for a device', () => {
  it('is under the first trusted CI of its signing list', () => {
    expect(select([unknown, brainpool, nist], [nist, brainpool])).toMatchObject({
      signingCi: { curve: 'brainpoolP256r1' },
      signingCiKeyId: brainpool,
      identity: { ci: { curve: 'brainpoolP256r1' } },
    });
    expect(select([nist, brainpool], [brainpool, nist]).identity.ci.curve).toBe('P-256');
  });

  it('is under another CI when the device cannot verify that one', () => {
    const { signingCiKeyId, identity } = select([nist], [unknown, brainpool]);
    expect(signingCiKeyId).toEqual(nist);
    expect(identity.ci.subjectKeyId).toEqual(brainpool);
  });

  it('does not exist when no CI of the signing list is trusted, whatever the other list says', () => {
    expect(pki.identityFor([unknown, Buffer.of(0xff, 0xff)], [nist])).toBe('noSigningCi');
    expect(pki.identityFor([], [nist])).toBe('noSigningCi');
    expect(pki.identityFor([Buffer.of(0xff, 0xff)], [Buffer.of(0xff, 0xfe)])).toBe('noSigningCi');
  });

  it('does not exist when there is no certificate under a CI of the verification list', () => {
    expect(pki.identityFor([nist], [unknown])).toBe('noIdentity');
    expect(pki.identityFor([nist], [])).toBe('noIdentity');
  });

  it('is found again by the key identifier of its CI', () => {
    expect(pki.identityUnder(brainpool)?.ci.curve).toBe('brainpoolP256r1');
    expect(pki.identityUnder(brainpool, '2.999.10')).toBe(pki.identityUnder(brainpool));
    expect(pki.identityUnder(brainpool, '2.999.11')).toBeUndefined();
    expect(pki.identityUnder(unknown)).toBeUndefined();
  });
});
