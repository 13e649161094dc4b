import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEuiccMaterial, MaterialError } from '../../src/device/index.js';
import { createTestPki, ensurePki, issueCrl, loadPki, PkiError, toPkcs12 } from '../../src/pki/index.js';
import { loading, now, temporaryFolder } from './support.js';

async function testPki(): Promise<string> {
  const folder = await temporaryFolder();
  await createTestPki(folder, loading().options);
  return folder;
}

async function warningsOf(folder: string): Promise<string[]> {
  const { options, warnings } = loading();
  await loadPki(folder, options);
  return warnings;
}

const pem = (label: string, octets: Buffer | string): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(octets).toString('base64')}\n-----END ${label}-----\n`;

/** SEQUENCE { INTEGER 0, SEQUENCE {} }, an algorithm and a signature: how a certificate request begins. */
const request = Buffer.from('300E 3005 020100 3000 3000 0303 000102'.replaceAll(' ', ''), 'hex');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const encrypted = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;

const strays: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['data_sig.der', Buffer.from('3006020101020102', 'hex'), /is not a certificate, key or CRL/],
  ['profile.der', Buffer.from('a003800102', 'hex'), /looks like a profile package/],
  ['request.pem', pem('CERTIFICATE REQUEST', request), /is a certificate request/],
  ['request.der', request, /is a certificate request/],
  ['empty.pem', '', /is empty/],
  ['notes.pem', 'To do: ask for certificates', /is neither DER nor PEM/],
  ['half.pem', '-----BEGIN CERTIFICATE-----\nMII', /without its END line/],
  ['damaged.pem', pem('CERTIFICATE', 'x'), /is not a usable certificate/],
  ['other.pem', pem('CMS', 'x'), /holds CMS/],
  ['key.pem', p256.export({ ...encrypted, format: 'pem' }), /holds an encrypted private key/],
  ['key.der', p256.export({ ...encrypted, format: 'der' }), /holds an encrypted private key/],
  ['sec1.pem', p256.export({ ...encrypted, type: 'sec1', format: 'pem' }), /holds an encrypted private key/],
  ['broken.pem', pem('EC PRIVATE KEY', 'x'), /holds a private key that cannot be decoded/],
  ['chain.p7b.der', Buffer.from('300b06092a864886f70d010702', 'hex'), /is a PKCS #7 file/],
  ['huge.der', Buffer.alloc(300_000), /has 300,000 octets/],
  ['archive.zip', 'no zip', /is neither a folder nor a zip file/],
  ['CERT_X.der', Buffer.of(0x30, 0x01, 0x00), /is not a usable certificate/],
  ['SK_X.pem', '', /is empty/],
];

describe('a file that is no certificate and no key', () => {
  it.each(strays)('is passed over with a warning that says why: %s', async (name, content, reason) => {
    const folder = await testPki();
    writeFileSync(join(folder, name), content);
    const [warning, ...others] = await warningsOf(folder);
    expect(warning?.startsWith(`${name} `)).toBe(true);
    expect(warning).toMatch(reason);
    expect(others).toEqual([]);
  });

  it('may be a PKCS #12 file', async () => {
    const folder = await testPki();
    const certificates = [await readFile(join(folder, 'CERT_CI_ECDSA_NIST.der'))];
    writeFileSync(join(folder, 'client.p12'), await toPkcs12({ key: p256, certificates, password: 'x' }));
    expect(await warningsOf(folder)).toEqual([expect.stringMatching(/^client\.p12 is a PKCS #12 file/)]);
  });

  it('may be a folder with the name of a certificate, or a link that leads in a circle or nowhere', async () => {
    const folder = await testPki();
    await mkdir(join(folder, 'CERT_CI_ECDSA_NIST_2.der'));
    symlinkSync('.', join(folder, 'circle'));
    symlinkSync('loop.pem', join(folder, 'loop.pem'));
    symlinkSync('gone', join(folder, 'gone.der'));
    expect((await warningsOf(folder)).sort()).toEqual([
      expect.stringMatching(/^gone\.der cannot be read: it is a broken link/),
      expect.stringMatching(/^loop\.pem cannot be read/),
    ]);
  });

  it('does not keep a test PKI from being made', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'data_sig.der'), Buffer.from('3006020101020102', 'hex'));
    const { options } = loading();
    expect((await ensurePki(folder, options)).identities).toHaveLength(2);
  });
});

describe('a CRL', () => {
  it('is known by its content, whatever it is called', async () => {
    const folder = await testPki();
    const { options, warnings } = loading();
    const { issuers } = await loadPki(folder, options);
    writeFileSync(join(folder, 'CRL.der'), issueCrl(issuers[0]!, [], now));
    const pki = await loadPki(folder, options);
    expect(warnings).toEqual([]);
    expect(pki.crls).toHaveLength(1);
  });
});

describe('a private key in DER', () => {
  it.each(['sec1', 'pkcs8'] as const)('is read: %s', async (type) => {
    const folder = await testPki();
    const file = join(folder, 'SK_S_SM_DPauth_ECDSA_NIST.pem');
    const key = createPrivateKey(await readFile(file));
    await rm(file);
    writeFileSync(join(folder, 'SK_S_SM_DPauth_ECDSA_NIST.der'), key.export({ type, format: 'der' }));
    const before = readdirSync(folder);
    expect(await warningsOf(folder)).toEqual([]);
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('a file that is needed and cannot be read', () => {
  it.each([
    ['SK_S_SM_DPauth_ECDSA_NIST.pem', p256.export({ ...encrypted, format: 'pem' }), /encrypted/],
    ['CERT_S_SM_DPpb_ECDSA_NIST.der', 'x', /neither DER nor PEM/],
    ['SK_S_SM_DP_TLS_NIST.pem', '', /is empty/],
  ])('stops the start with its name, and nothing is made in its place: %s', async (name, content, reason) => {
    const folder = await testPki();
    writeFileSync(join(folder, name), content);
    const before = readdirSync(folder);
    const { options } = loading();
    const error: unknown = await ensurePki(folder, options).catch((raised: unknown) => raised);
    expect(error).toBeInstanceOf(PkiError);
    expect((error as Error).message).toContain(name);
    expect((error as Error).message).toMatch(reason);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('stops a start that would make a test PKI beside it', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'my-ci.pem'), pem('CERTIFICATE', 'x'));
    const { options } = loading();
    await expect(ensurePki(folder, options)).rejects.toThrow(
      /no CI certificate \(not used: my-ci\.pem is not a usable cert/,
    );
    expect(readdirSync(folder)).toEqual(['my-ci.pem']);
  });

  it('is named where the virtual eUICC lacks it', async () => {
    const folder = await testPki();
    for (const curve of ['NIST', 'BRP'])
      writeFileSync(
        join(folder, `SK_EUICC_ECDSA_${curve}.pem`),
        p256.export({ ...encrypted, format: 'pem' }),
      );
    expect(() => loadEuiccMaterial(folder)).toThrow(MaterialError);
    expect(() => loadEuiccMaterial(folder)).toThrow(
      /SK_EUICC_ECDSA_NIST\.pem holds an encrypted private key/,
    );
  });
});
