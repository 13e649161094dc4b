import { expect, it } from 'vitest';
import {
  issueDefective,
  certificateDefects,
  revokedSerialNumber,
  type DefectName,
} from '../../../src/instruments/faults/edits/defects.js';
import { ensurePki, parseCertificate, type Pki } from '../../../src/pki/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';

const now = new Date();
const pki: Pki = await ensurePki(await testPkiFolder(), { address: 'localhost', now, warn: () => undefined });
const [identity] = pki.identities;
const { certificate } = identity!.pb;
const names = Object.keys(certificateDefects) as DefectName[];

it.each(names.filter((name) => !['otherKey', 'otherCurve', 'forged'].includes(name)))(
  'a certificate that is wrong (%s) is for the key that signs',
  (name) => {
    const wrong = parseCertificate(issueDefective(name, certificate.der, { pki, now }));
    expect(wrong.publicPoint).toEqual(certificate.publicPoint);
    expect(wrong.der).not.toEqual(certificate.der);
  },
);

it('the revoked ones have the serial number in the CRL', () => {
  const revoked = parseCertificate(issueDefective('revoked', certificate.der, { pki, now }));
  expect(revoked.serialNumber.toLowerCase()).toBe(revokedSerialNumber);
});

it.each(names)('without the key of the CI, %s is made only where it needs none', (name) => {
  const make = () =>
    issueDefective(name, certificate.der, { pki: { identities: pki.identities, issuers: [] }, now });
  if (name === 'forged' || name === 'foreignCi') expect(make()).toBeInstanceOf(Buffer);
  else expect(make).toThrow('needs the private key of the CI, which is not in the PKI folder');
});

it('makes nothing of a certificate that is not the server’s own', () => {
  expect(() => issueDefective('expired', identity!.ci.der, { pki, now })).toThrow(
    'is not a certificate of this SM-DP+',
  );
});
