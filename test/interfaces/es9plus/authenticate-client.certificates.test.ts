import { describe, expect, it } from 'vitest';
import { loadManufacturer, manufactureEuicc, type EuiccCredential } from '../../../src/device/index.js';
import {
  issueCi,
  issueEuicc,
  issueEum,
  roles,
  write,
  type Changes,
  type Credential,
} from '../../../src/pki/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { success } from './support/exchange.js';
import { credentialOf, materialUnder, newEid } from './support/issuers.js';
import { expectRefusal } from './support/trace.js';

const smdp = await startTestSmdp();
const manufacturer = loadManufacturer(smdp.pkiFolder);
const ci = credentialOf(smdp, 'CI');
const eum = credentialOf(smdp, 'EUM');

const over: Changes = { notBefore: new Date('2010-01-01'), notAfter: new Date('2015-01-01') };
const tomorrow = new Date(Date.now() + 86_400_000);
const toCome: Changes = { notBefore: tomorrow, notAfter: new Date(tomorrow.getTime() + 86_400_000) };

/** An honest eUICC, and the same with one of its certificates exchanged. */
function euiccWith(
  change: (honest: EuiccCredential, eid: string) => Partial<EuiccCredential>,
  eid = newEid(),
) {
  const honest = manufactureEuicc(manufacturer, eid);
  const [credential] = honest.credentials as [EuiccCredential];
  const changed = { ...credential, ...change(credential, eid) };
  return { honest, changed: { ...honest, credentials: [changed] } };
}

async function expectOnlyHonestOffered(
  status: string,
  { honest, changed }: ReturnType<typeof euiccWith>,
): Promise<void> {
  const profile = await smdp.prepare();
  const { matchingId } = profile;
  const conversation = await Conversation.initiated(smdp, { matchingId, material: changed });
  await expectRefusal(smdp, profile, status, () => conversation.authenticate());
  const again = await Conversation.initiated(smdp, { matchingId, material: honest });
  expect((await again.authenticate()).status).toBe(success);
}

/** An EUM certificate for the key of the real one. */
const eumWith = (changes: Changes, issuer: Credential = ci) => ({
  eumCertificate: issueEum(issuer, { key: eum.key, ...changes }).der,
});

describe('an EUM certificate is refused', () => {
  it.each<[string, string, Changes]>([
    ['8.1.2/6.1', 'its signature is wrong', { forged: true }],
    ['8.1.2/6.1', 'another key signed it in the name of the CI', { signingKey: issueCi().key }],
    ['8.1.2/6.1', 'it is of the other curve', { key: issueEum(credentialOf(smdp, 'CI', 'BRP')).key }],
    ['8.1.2/6.3', 'it has expired', over],
    ['8.1.2/6.3', 'it is not valid yet', toCome],
    [
      '8.1.2/6.3',
      'it has expired, and its profile is wrong too',
      { ...over, extensions: { basicConstraints: null, nameConstraints: null } },
    ],
    ['8.1.2/6.1', 'it has no policy', { extensions: { certificatePolicies: null } }],
    [
      '8.1.2/6.1',
      'its policy is that of an eUICC',
      { extensions: { certificatePolicies: write.certificatePolicies([roles.euicc[0]]) } },
    ],
    ['8.1.2/6.1', 'it has no key usage', { extensions: { keyUsage: null } }],
    [
      '8.1.2/6.1',
      'it may not sign certificates',
      { extensions: { keyUsage: write.keyUsage(['digitalSignature']) } },
    ],
    ['8.1.2/6.1', 'it has no basic constraints', { extensions: { basicConstraints: null } }],
    ['8.1.2/6.1', 'it is no CA', { extensions: { basicConstraints: write.basicConstraints(false) } }],
    [
      '8.1.2/6.1',
      'it may have CAs below it',
      { extensions: { basicConstraints: write.basicConstraints(true, 1) } },
    ],
    ['8.1.2/6.1', 'it has no name constraints', { extensions: { nameConstraints: null } }],
    [
      '8.1.2/6.1',
      'it has a critical extension that nobody knows',
      { extensions: { permittedEins: write.unknown('1.2.3.4', true) } },
    ],
    ['8.1.2/6.1', 'it names no issuer key', { extensions: { authorityKeyId: null } }],
    [
      '8.11.1/3.9',
      'it names a CI that is not known',
      { extensions: { authorityKeyId: write.authorityKeyId(Buffer.alloc(20, 0x84)) } },
    ],
    [
      '8.11.1/3.9',
      'it names a CI that is known but not that of the session',
      {
        extensions: {
          authorityKeyId: write.authorityKeyId(credentialOf(smdp, 'CI', 'BRP').certificate.subjectKeyId!),
        },
      },
    ],
  ])('with %s where %s', async (status, _, changes) => {
    await expectOnlyHonestOffered(
      status,
      euiccWith(() => eumWith(changes)),
    );
  });

  it('with 8.1.2/6.1 where it signed itself, with the name and the key of the real one', async () => {
    const selfSigned = issueEum(eum, { key: eum.key, extensions: { authorityKeyId: null } });
    await expectOnlyHonestOffered(
      '8.1.2/6.1',
      euiccWith(() => ({ eumCertificate: selfSigned.der })),
    );
  });

  it('with 8.1.2/6.1 where it is no certificate', async () => {
    await expectOnlyHonestOffered(
      '8.1.2/6.1',
      euiccWith(() => ({ eumCertificate: Buffer.from('3000', 'hex') })),
    );
  });

  it('with 8.11.1/3.9 where it is that of the eUICC, whose issuer is no CI', async () => {
    await expectOnlyHonestOffered(
      '8.11.1/3.9',
      euiccWith(({ euiccCertificate }) => ({ eumCertificate: euiccCertificate })),
    );
  });

  it('with 8.11.1/3.9 where its CI is not known', async () => {
    const profile = await smdp.prepare();
    const foreign = materialUnder(smdp, issueCi());
    const conversation = await Conversation.initiated(smdp, {
      matchingId: profile.matchingId,
      material: foreign,
    });
    await expectRefusal(smdp, profile, '8.11.1/3.9', () => conversation.authenticate());
  });

  it('with 8.11.1/3.9 where its CI is known, and not that of the session', async () => {
    const profile = await smdp.prepare();
    const material = materialUnder(smdp, credentialOf(smdp, 'CI', 'BRP'));
    const conversation = await Conversation.initiated(smdp, { matchingId: profile.matchingId, material });
    await expectRefusal(smdp, profile, '8.11.1/3.9', () => conversation.authenticate());
  });
});

describe('an eUICC certificate is refused', () => {
  const otherEum = issueEum(ci);

  it.each<[string, string, Changes]>([
    ['8.1.3/6.1', 'its signature is wrong', { forged: true }],
    ['8.1.3/6.1', 'another key signed it in the name of the EUM', { signingKey: otherEum.key }],
    ['8.1.3/6.3', 'it has expired', over],
    ['8.1.3/6.3', 'it is not valid yet', toCome],
    ['8.1.3/6.1', 'it names no issuer key', { extensions: { authorityKeyId: null } }],
    [
      '8.1.3/6.1',
      'it names another EUM',
      { extensions: { authorityKeyId: write.authorityKeyId(otherEum.certificate.subjectKeyId!) } },
    ],
    ['8.1.3/6.1', 'it has no policy', { extensions: { certificatePolicies: null } }],
    [
      '8.1.3/6.1',
      'its policy is that of an EUM',
      { extensions: { certificatePolicies: write.certificatePolicies([roles.eum[0]]) } },
    ],
    ['8.1.3/6.1', 'it has no key usage', { extensions: { keyUsage: null } }],
    [
      '8.1.3/6.1',
      'it may sign certificates only',
      { extensions: { keyUsage: write.keyUsage(['keyCertSign']) } },
    ],
    ['8.1.3/6.1', 'it is a CA', { extensions: { basicConstraints: write.basicConstraints(true, 0) } }],
    [
      '8.1.3/6.1',
      'it has a critical extension that nobody knows',
      { extensions: { permittedEins: write.unknown('1.2.3.4', true) } },
    ],
  ])('with %s where %s', async (status, _, changes) => {
    await expectOnlyHonestOffered(
      status,
      euiccWith(({ privateKey }, eid) => ({
        euiccCertificate: issueEuicc(eum, eid, { key: privateKey, ...changes }).der,
      })),
    );
  });

  it('with 8.1.3/6.1 where it signed itself', async () => {
    await expectOnlyHonestOffered(
      '8.1.3/6.1',
      euiccWith(({ privateKey }, eid) => {
        const changes = { key: privateKey, signingKey: privateKey, extensions: { authorityKeyId: null } };
        return { euiccCertificate: issueEuicc(eum, eid, changes).der };
      }),
    );
  });

  it('with 8.1.3/6.1 where its key is on the other curve', async () => {
    await expectOnlyHonestOffered(
      '8.1.3/6.1',
      euiccWith((_, eid) => {
        const { der, key } = issueEuicc(eum, eid, { curve: 'brainpoolP256r1' });
        return { euiccCertificate: der, privateKey: key };
      }),
    );
  });

  it.each([
    ['beyond the range of its EUM', '89049033000000000000000000000042'],
    ['of 31 digits', '8904903200000000000000000000001'],
    ['of 33 digits', '890490320000000000000000000000012'],
    ['with a letter', '8904903200000000000000000000001A'],
  ])('with 8.1.3/6.1 where it has an EID %s', async (_, wrongEid) => {
    await expectOnlyHonestOffered(
      '8.1.3/6.1',
      euiccWith(({ privateKey }) => ({
        euiccCertificate: issueEuicc(eum, wrongEid, { key: privateKey }).der,
      })),
    );
  });

  it('with 8.1.3/6.1 where it is of another organisation than its EUM', async () => {
    await expectOnlyHonestOffered(
      '8.1.3/6.1',
      euiccWith(({ privateKey }, eid) => {
        const subject = [
          ['C', 'ES'],
          ['O', 'Another EUM'],
          ['serialNumber', eid],
          ['CN', 'Test eUICC'],
        ] as const;
        return { euiccCertificate: issueEuicc(eum, eid, { key: privateKey, subject }).der };
      }),
    );
  });

  it('with 8.1.3/6.1 where it is no certificate', async () => {
    await expectOnlyHonestOffered(
      '8.1.3/6.1',
      euiccWith(() => ({ euiccCertificate: Buffer.from('3000', 'hex') })),
    );
  });
});

describe('the signature of an eUICC', () => {
  it('has to be made with the key of its certificate: 8.1/6.1', async () => {
    const { privateKey } = manufactureEuicc(manufacturer, newEid()).credentials[0]!;
    await expectOnlyHonestOffered(
      '8.1/6.1',
      euiccWith(() => ({ privateKey })),
    );
  });
});

it('an EUM certificate that was found good is looked at again once it has expired', async () => {
  const soon: Changes = { notAfter: new Date(Date.now() + 3_600_000) };
  const { changed } = euiccWith(() => eumWith(soon));
  const profile = await smdp.prepare();
  const options = { matchingId: profile.matchingId, material: changed };
  await Conversation.authenticated(smdp, options);
  smdp.advance(2 * 3_600_000);
  const conversation = await Conversation.initiated(smdp, options);
  await expectRefusal(smdp, profile, '8.1.2/6.3', () => conversation.authenticate());
});
