import { describe, expect, it } from 'vitest';
import {
  EumCache,
  issueCi,
  issueDpAuth,
  issueEuicc,
  issueEum,
  keyIdentifier,
  roles,
  testEid,
  verifyEuiccChain,
  write,
  type Changes,
  type Credential,
} from '../../src/pki/index.js';
import { tlv } from '../../src/wire/asn1/index.js';
import { now, raised } from './support.js';

const ci = issueCi({ now });
const brainpoolCi = issueCi({ curve: 'brainpoolP256r1', now });
const foreignCi = issueCi({ now });
const eum = issueEum(ci, { now });
const past = { notBefore: new Date('2010-01-01'), notAfter: new Date('2015-01-01') };

interface Input {
  eum?: Credential;
  euicc?: Credential;
  trustedCis?: Credential[];
  session?: Credential;
  at?: Date;
  cache?: EumCache;
}

const chainOf = ({
  eum: issuer = eum,
  euicc,
  trustedCis = [ci, brainpoolCi],
  session = ci,
  at = now,
  cache,
}: Input) => ({
  eumCertificate: issuer.certificate.der,
  euiccCertificate: (euicc ?? issueEuicc(issuer, testEid, { now })).certificate.der,
  sessionCiKeyId: session.certificate.subjectKeyId!,
  trustedCis: trustedCis.map(({ certificate }) => certificate),
  now: at,
  ...(cache && { cache }),
});
const verify = (input: Input) => verifyEuiccChain(chainOf(input));

const status = (input: Input): unknown => (raised(() => verify(input)) as { status: unknown }).status;

describe('a good eUICC chain', () => {
  it('gives the EID and the key of the eUICC', () => {
    const euicc = issueEuicc(eum, testEid, { now });
    expect(verify({ euicc })).toMatchObject({ eid: testEid, curve: 'P-256' });
    expect(verify({ euicc }).publicKey.equals(euicc.certificate.publicKey)).toBe(true);
  });

  it('may be on brainpoolP256r1', () => {
    const brainpoolEum = issueEum(brainpoolCi, { now });
    expect(verify({ eum: brainpoolEum, session: brainpoolCi }).curve).toBe('brainpoolP256r1');
  });

  it('may have an EID whose check digits do not hold', () => {
    const eid = '89049032123451234512345678901299';
    expect(verify({ euicc: issueEuicc(eum, eid, { now }) }).eid).toBe(eid);
  });

  it('may have been issued under another name of the same CI key', () => {
    const renamed = issueCi({ key: ci.key, subject: [['CN', 'GSMA Test CI']], now });
    expect(verify({ eum: issueEum(renamed, { now }) }).eid).toBe(testEid);
  });

  it('may carry the policies of SGP.22 v3, and permitted EINs in the place of name constraints', () => {
    const v3 = issueEum(ci, {
      now,
      extensions: {
        certificatePolicies: write.certificatePolicies([roles.eum[1]]),
        nameConstraints: null,
        permittedEins: write.permittedEins(['35290611', '89049032']),
      },
    });
    const euicc = issueEuicc(v3, testEid, {
      now,
      extensions: { certificatePolicies: write.certificatePolicies([roles.euicc[1]]) },
    });
    expect(verify({ eum: v3, euicc }).eid).toBe(testEid);
    expect(status({ eum: v3, euicc: issueEuicc(v3, '89049033'.padEnd(32, '0'), { now }) })).toBe('8.1.3/6.1');
  });

  it('has to satisfy both forms where an EUM has name constraints and permitted EINs', () => {
    const both = issueEum(ci, { now, extensions: { permittedEins: write.permittedEins(['8904903299']) } });
    expect(status({ eum: both })).toBe('8.1.3/6.1');
    expect(verify({ eum: both, euicc: issueEuicc(both, '8904903299'.padEnd(32, '0'), { now }) }).eid).toMatch(
      /^8904903299/,
    );
  });

  it('may come from an EUM with several ranges', () => {
    const subtrees = [
      { organization: 'Other', serialNumber: '89000000' },
      { organization: 'RSP Test EUM', serialNumber: '89049032' },
    ];
    const wide = issueEum(ci, { now, extensions: { nameConstraints: write.nameConstraints(subtrees) } });
    expect(verify({ eum: wide }).eid).toBe(testEid);
    const crossed = issueEuicc(wide, '89000000'.padEnd(32, '0'), { now });
    expect(status({ eum: wide, euicc: crossed })).toBe('8.1.3/6.1');
  });
});

describe('the CI of a chain', () => {
  it('is refused with 8.11.1/3.9 when it is not trusted', () => {
    expect(status({ eum: issueEum(foreignCi, { now }) })).toBe('8.11.1/3.9');
    expect(status({ eum: issueEum(foreignCi, { now }), session: foreignCi })).toBe('8.11.1/3.9');
  });

  it('is refused with 8.11.1/3.9 when it is trusted but not that of the session', () => {
    expect(status({ eum: issueEum(brainpoolCi, { now }) })).toBe('8.11.1/3.9');
  });
});

/** Name constraints of an EUM with excludedSubtrees added: `[1] { [2] dNSName "a" }`. */
const excluding = (() => {
  const { value, ...rest } = write.nameConstraints([
    { organization: 'RSP Test EUM', serialNumber: '89049032' },
  ]);
  return { ...rest, value: tlv(0x30, value.subarray(2), tlv(0xa1, tlv(0x30, Buffer.from('820161', 'hex')))) };
})();

const withPolicy = (policies: readonly string[]): Changes => ({
  extensions: { certificatePolicies: write.certificatePolicies(policies) },
});

describe('an EUM certificate is refused with 8.1.2/6.1', () => {
  const selfSigned = issueEum(
    { key: eum.key, certificate: { ...ci.certificate, subject: eum.certificate.subject } },
    { key: eum.key, now, extensions: { authorityKeyId: null, nameConstraints: null } },
  );
  const wrong: Record<string, Changes> = {
    'its signature is forged': { forged: true },
    'it is signed with a foreign key': { signingKey: foreignCi.key },
    'its policy is that of an eUICC': withPolicy(roles.euicc),
    'its policy is that of a CI': withPolicy(roles.ci),
    'it has no policy': { extensions: { certificatePolicies: null } },
    'it has no key usage': { extensions: { keyUsage: null } },
    'its key usage is digitalSignature': { extensions: { keyUsage: write.keyUsage(['digitalSignature']) } },
    'its key usage is cRLSign': { extensions: { keyUsage: write.keyUsage(['cRLSign']) } },
    'it has no basic constraints': { extensions: { basicConstraints: null } },
    'it is not a CA': { extensions: { basicConstraints: write.basicConstraints(false) } },
    'it has no path length': { extensions: { basicConstraints: write.basicConstraints(true) } },
    'its path length is 1': { extensions: { basicConstraints: write.basicConstraints(true, 1) } },
    'it has no name constraints': { extensions: { nameConstraints: null } },
    'its name constraints exclude something': { extensions: { nameConstraints: excluding } },
    'its name constraints have no serialNumber': {
      extensions: { nameConstraints: write.nameConstraints([{ organization: 'RSP Test EUM' }]) },
    },
    'it has an unknown critical extension': { extensions: { unknown: write.unknown('1.2.3.4', true) } },
    'its key is on P-192': { curve: 'prime192v1' },
    'its key is on another curve than the CI': { curve: 'brainpoolP256r1' },
  };
  it.each(Object.entries(wrong))('when %s', (_, changes) => {
    expect(status({ eum: issueEum(ci, { now, ...changes }), euicc: issueEuicc(eum, testEid, { now }) })).toBe(
      '8.1.2/6.1',
    );
  });

  it('when its name constraints permit nothing, which X.509 does not allow', () => {
    const { der } = issueEum(ci, { now, extensions: { nameConstraints: write.nameConstraints([]) } });
    expect(raised(() => verifyEuiccChain({ ...chainOf({}), eumCertificate: der }))).toMatchObject({
      status: '8.1.2/6.1',
    });
  });

  it('when it has no authority key identifier', () => {
    expect(status({ eum: selfSigned })).toBe('8.1.2/6.1');
  });

  it.each([
    ['DER of something else', Buffer.of(0x30, 0x03, 0x02, 0x01, 0x00)],
    ['no DER', Buffer.from('certificate')],
    ['empty', Buffer.alloc(0)],
  ])('when it is %s', (_, eumCertificate) => {
    const chain = { ...chainOf({}), eumCertificate };
    expect(raised(() => verifyEuiccChain(chain))).toMatchObject({ status: '8.1.2/6.1' });
  });
});

describe('an EUM certificate that is not valid now', () => {
  it('is refused with 8.1.2/6.3', () => {
    expect(status({ eum: issueEum(ci, past) })).toBe('8.1.2/6.3');
    expect(status({ at: new Date('2020-01-01') })).toBe('8.1.2/6.3');
  });

  it('is refused with 8.1.2/6.3 whatever else is wrong with it, if only its signature is right', () => {
    const extensions = {
      certificatePolicies: write.certificatePolicies(roles.dpAuth),
      basicConstraints: null,
      nameConstraints: null,
    };
    expect(status({ eum: issueEum(ci, { ...past, extensions }) })).toBe('8.1.2/6.3');
    expect(status({ eum: issueEum(ci, { ...past, extensions, forged: true }) })).toBe('8.1.2/6.1');
  });
});

describe('an eUICC certificate is refused with 8.1.3/6.1', () => {
  const subject = (organization: string, eid: string): Changes => ({
    subject: [
      ['O', organization],
      ['serialNumber', eid],
    ],
  });
  const wrong: Record<string, Changes> = {
    'its signature is forged': { forged: true },
    'it is signed with its own key': { signingKey: issueCi().key },
    'it has no authority key identifier': { extensions: { authorityKeyId: null } },
    'it names another issuer key': {
      extensions: { authorityKeyId: write.authorityKeyId(keyIdentifier(ci.key)) },
    },
    'its policy is that of an EUM': withPolicy(roles.eum),
    'it has no policy': { extensions: { certificatePolicies: null } },
    'it has no key usage': { extensions: { keyUsage: null } },
    'its key usage is keyAgreement': { extensions: { keyUsage: write.keyUsage(['keyAgreement']) } },
    'it is a CA': { extensions: { basicConstraints: write.basicConstraints(true) } },
    'it has an unknown critical extension': { extensions: { unknown: write.unknown('1.2.3.4', true) } },
    'its key is on P-384': { curve: 'P-384' },
    'its key is on another curve than the EUM': { curve: 'brainpoolP256r1' },
    'its EID lies outside the range of the EUM': subject('RSP Test EUM', '89049033123451234512345678901235'),
    'its organization is not that of the EUM': subject('Other EUM', testEid),
    'its EID has 31 digits': subject('RSP Test EUM', testEid.slice(1)),
    'its EID has a letter': subject('RSP Test EUM', `${testEid.slice(0, 31)}A`),
    'it has no EID': { subject: [['O', 'RSP Test EUM']] },
    'it has no organization': { subject: [['serialNumber', testEid]] },
    'it has two EIDs': {
      subject: [
        ['O', 'RSP Test EUM'],
        ['serialNumber', testEid],
        ['serialNumber', testEid],
      ],
    },
    'it has two organizations': {
      subject: [
        ['O', 'RSP Test EUM'],
        ['O', 'Other'],
        ['serialNumber', testEid],
      ],
    },
  };
  it.each(Object.entries(wrong))('when %s', (_, changes) => {
    expect(status({ euicc: issueEuicc(eum, testEid, { now, ...changes }) })).toBe('8.1.3/6.1');
  });

  it('when another EUM has issued it', () => {
    expect(status({ euicc: issueEuicc(issueEum(ci, { now }), testEid, { now }) })).toBe('8.1.3/6.1');
  });

  it('when the CI has issued it, or it is the certificate of an SM-DP+', () => {
    expect(status({ euicc: issueEuicc(ci, testEid, { now }) })).toBe('8.1.3/6.1');
    expect(status({ euicc: issueDpAuth(ci, '2.999.10', { now }) })).toBe('8.1.3/6.1');
  });

  it('when it is no certificate', () => {
    const chain = { ...chainOf({}), euiccCertificate: Buffer.of(0x30, 0x00) };
    expect(raised(() => verifyEuiccChain(chain))).toMatchObject({ status: '8.1.3/6.1' });
  });
});

describe('an eUICC certificate that is not valid now', () => {
  it('is refused with 8.1.3/6.3', () => {
    expect(status({ euicc: issueEuicc(eum, testEid, past) })).toBe('8.1.3/6.3');
  });

  it('is refused with 8.1.3/6.1 when its signature is wrong too', () => {
    expect(status({ euicc: issueEuicc(eum, testEid, { ...past, forged: true }) })).toBe('8.1.3/6.1');
  });
});

describe('the message of a refusal', () => {
  it('is short plain ASCII and says whose certificate is meant', () => {
    const error = raised(() => verify({ eum: issueEum(ci, { now, extensions: { nameConstraints: null } }) }));
    expect((error as Error).message).toMatch(/^EUM certificate: [\x20-\x7e]{1,100}$/);
  });
});

describe('the cache of EUM certificates', () => {
  it('spares the second verification and still looks at the validity', () => {
    const cache = new EumCache();
    const { eum: first } = verify({ cache });
    expect(verify({ cache }).eum).toBe(first);
    expect(status({ cache, at: new Date('2090-01-01') })).toBe('8.1.2/6.3');
  });

  it('does not take one CI for another, nor keep what was refused', () => {
    const cache = new EumCache();
    verify({ cache });
    expect(status({ cache, session: brainpoolCi })).toBe('8.11.1/3.9');
    expect(status({ cache, eum: issueEum(ci, { now, forged: true }) })).toBe('8.1.2/6.1');
    expect(cache.size).toBe(1);
  });

  it('forgets the one that was not asked for longest', () => {
    const cache = new EumCache(2);
    const [a, b, c] = [eum, issueEum(ci, { now }), issueEum(ci, { now })].map(
      ({ certificate }) => certificate,
    );
    const ciKeyId = ci.certificate.subjectKeyId!;
    cache.add(a!, ciKeyId);
    cache.add(b!, ciKeyId);
    cache.get(a!.der, ciKeyId);
    cache.add(c!, ciKeyId);
    expect([a, b, c].map((one) => cache.get(one!.der, ciKeyId) !== undefined)).toEqual([true, false, true]);
  });
});
