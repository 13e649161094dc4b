import { expect, it } from 'vitest';
import { issueCi, issueCrl, issueDpPb, Revocations } from '../../src/pki/index.js';

it('issues a CRL in which exactly the certificates with the given numbers are revoked', () => {
  const ci = issueCi();
  const [revoked, other] = ['0bad', '0c0ffee0'].map(
    (serialNumber) => issueDpPb(ci, undefined, { serialNumber }).certificate,
  );
  const revocations = new Revocations();
  revocations.add(issueCrl(ci, ['0bad'], new Date()), [ci.certificate]);
  expect([revoked!, other!].map((certificate) => revocations.has(certificate))).toEqual([true, false]);
});

it('issues a CRL that names nothing', () => {
  const ci = issueCi();
  const revocations = new Revocations();
  const due = revocations.add(issueCrl(ci, [], new Date('2030-01-01T00:00:00Z')), [ci.certificate]);
  expect(due).toEqual(new Date('2030-01-08T00:00:00Z'));
});

it('is refused as the CRL of another CI', () => {
  const revocations = new Revocations();
  expect(() => revocations.add(issueCrl(issueCi(), [], new Date()), [issueCi().certificate])).toThrow(
    /The CI of the CRL is not in the folder/,
  );
});
