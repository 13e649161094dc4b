import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { complete, ensureCis } from '../../src/pki/complete.js';
import { FolderWriter } from '../../src/pki/folder-writer.js';
import {
  createTestPki,
  ensurePki,
  issueDpAuth,
  issueDpTls,
  loadPki,
  serverOid,
  type Pki,
} from '../../src/pki/index.js';
import { openCertificateIssuer } from '../../src/pki/load.js';
import { CertificateIssuer } from '../../src/pki/certificate-issuer.js';
import { eidCheckDigitsHold } from '../../src/wire/rsp/index.js';
import { day, loading, now, temporaryFolder } from './support.js';

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'hex')]));

async function madeIn(folder: string, address?: string, at?: Date) {
  const { options, warnings } = loading(address, at);
  return { folder, warnings, pki: await ensurePki(folder, options) };
}

describe('the test PKI', () => {
  it('is made in an empty folder under SGP.26 names, on both curves, without a warning', async () => {
    const { folder, pki, warnings } = await madeIn(await temporaryFolder());
    expect(warnings).toEqual([]);
    const entities = [
      'CI_ECDSA',
      'EUM_ECDSA',
      'EUICC_ECDSA',
      'S_SM_DPauth_ECDSA',
      'S_SM_DPpb_ECDSA',
      'S_SM_DP_TLS',
    ];
    for (const entity of entities)
      for (const curve of ['NIST', 'BRP']) {
        expect(readdirSync(folder)).toContain(`CERT_${entity}_${curve}.der`);
        expect(readdirSync(folder)).toContain(`SK_${entity}_${curve}.pem`);
      }
    expect(pki.identities.map(({ ci, oid }) => [ci.curve, oid])).toEqual([
      ['P-256', '2.999.10'],
      ['brainpoolP256r1', '2.999.10'],
    ]);
    expect(pki.tls.brainpool?.certificate.curve).toBe('brainpoolP256r1');
  });

  it('has keys that only their owner can read', async () => {
    const { folder } = await madeIn(await temporaryFolder());
    const keys = readdirSync(folder).filter((file) => file.startsWith('SK_'));
    expect(keys.length).toBeGreaterThan(10);
    for (const file of keys) expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
  });

  it('has a virtual eUICC whose chain the server accepts, with an EID whose check digits hold', async () => {
    const { pki } = await madeIn(await temporaryFolder());
    expect(pki.euiccs).toHaveLength(2);
    for (const { certificate, eum, ci, key } of pki.euiccs) {
      const verified = pki.verifyEuicc({
        euiccCertificate: certificate.der,
        eumCertificate: eum.der,
        sessionCiKeyId: ci.subjectKeyId!,
        now,
      });
      expect(verified.eid).toMatch(/^89049032/);
      expect(eidCheckDigitsHold(verified.eid)).toBe(true);
      expect(key.type).toBe('private');
    }
  });

  it('stays as it is at the second start', async () => {
    const { folder } = await madeIn(await temporaryFolder());
    const before = contents(folder);
    await madeIn(folder);
    expect(contents(folder)).toEqual(before);
  });

  it('is made once when two processes start in the same folder', async () => {
    const folder = await temporaryFolder();
    const [a, b] = await Promise.all([madeIn(folder), madeIn(folder)]);
    const keyIds = ({ pki }: { pki: Pki }) => pki.trustedCis.map((ci) => ci.der.toString('hex'));
    expect(keyIds(a)).toEqual(keyIds(b));
    const { pki, warnings } = await madeIn(folder);
    expect(warnings).toEqual([]);
    expect(pki.identities).toHaveLength(2);
  });

  it('is finished by the next start wherever the first was killed', async () => {
    const complaints: string[] = [];
    let writes = 0;
    for (let limit = 1, interrupted = true; interrupted; limit++) {
      const folder = await temporaryFolder();
      interrupted = await makeAndDie(folder, limit);
      const { pki, warnings } = await madeIn(folder);
      complaints.push(...warnings);
      expect([limit, pki.identities.length, pki.euiccs.length]).toEqual([limit, 2, 2]);
      const files = readdirSync(folder);
      for (const file of files.filter((name) => name.startsWith('CERT_')))
        expect(files).toContain(file.replace('CERT_', 'SK_').replace('.der', '.pem'));
      writes = limit;
    }
    expect(complaints).toEqual([]);
    expect(writes).toBeGreaterThan(20);
  });

  it('can be made by itself', async () => {
    const folder = join(await temporaryFolder(), 'new');
    await createTestPki(folder, loading().options);
    expect((await loadPki(folder, loading().options)).identities).toHaveLength(2);
  });
});

/** Makes a PKI with a writer that fails after `limit` files: whether it did. */
async function makeAndDie(folder: string, limit: number): Promise<boolean> {
  let left = limit;
  const spend = () => {
    if (left-- === 0) throw new Error('killed');
  };
  class Mortal extends FolderWriter {
    override saveKey(...args: Parameters<FolderWriter['saveKey']>) {
      spend();
      return super.saveKey(...args);
    }
    override saveCertificate(...args: Parameters<FolderWriter['saveCertificate']>) {
      spend();
      return super.saveCertificate(...args);
    }
  }
  const { options } = loading();
  const { material } = await openCertificateIssuer(folder, options);
  const issuer = new CertificateIssuer(material, new Mortal(folder, options.warn), now, options.warn);
  try {
    await ensureCis(issuer);
    await complete(issuer);
    return false;
  } catch (error) {
    expect((error as Error).message).toBe('killed');
    return true;
  }
}

describe('TLS', () => {
  it('is trusted by a client that trusts the CI, by name and by address', async () => {
    const { pki } = await madeIn(await temporaryFolder());
    expect(await handshake(pki, 'localhost')).toBe(true);
    expect(await handshake(pki, '127.0.0.1')).toBe(true);
    await expect(handshake(pki, 'other.example.com')).rejects.toThrow(/altnames/);
  });

  it('has a certificate for the address, and follows when that changes', async () => {
    const { folder, pki } = await madeIn(await temporaryFolder(), 'smdp.example.com:443');
    expect(pki.tls.certificate.subjectAltName?.dnsNames).toEqual(['smdp.example.com', 'localhost']);
    expect(pki.tls.certificate.notAfter.getTime() - pki.tls.certificate.notBefore.getTime()).toBeLessThan(
      398 * day,
    );
    const moved = await madeIn(folder, 'other.example.com');
    expect(moved.pki.tls.certificate.subjectAltName?.dnsNames).toContain('other.example.com');
    expect(moved.pki.tls.key).toBe(pki.tls.key);
    expect(moved.warnings).toContainEqual(expect.stringContaining('is not for other.example.com'));
    expect(readdirSync(folder).filter((file) => file.includes('TLS'))).toHaveLength(4);
  });

  it('takes an IP address for the server address', async () => {
    const { pki } = await madeIn(await temporaryFolder(), '[2001:db8::1]:8443');
    expect(pki.tls.certificate.subjectAltName?.ipAddresses[0]?.toString('hex')).toBe(
      '20010db8000000000000000000000001',
    );
  });

  it('is renewed with the same key once it has expired, which is said', async () => {
    const { folder, pki } = await madeIn(await temporaryFolder());
    const later = new Date(now.getTime() + 400 * day);
    const renewed = await madeIn(folder, undefined, later);
    expect(renewed.pki.tls.certificate.notAfter > later).toBe(true);
    expect(renewed.pki.tls.key).toBe(pki.tls.key);
    expect(renewed.warnings).toContainEqual(
      expect.stringMatching(/CERT_S_SM_DP_TLS_NIST.der expired on 2027-12-22/),
    );
    expect((await madeIn(folder, undefined, later)).warnings).toEqual([]);
  });

  it('is announced thirty days before it expires', async () => {
    const { folder } = await madeIn(await temporaryFolder());
    const { warnings } = await madeIn(folder, undefined, new Date(now.getTime() + 370 * day));
    expect(warnings).toContainEqual('CERT_S_SM_DP_TLS_NIST.der expires on 2027-12-22.');
  });
});

describe('what is missing below a CI whose key is at hand', () => {
  it.each(['EUM', 'EUICC', 'S_SM_DPauth', 'S_SM_DPpb', 'S_SM_DP_TLS'])('is issued: %s', async (entity) => {
    const { folder } = await madeIn(await temporaryFolder());
    const curve = entity.endsWith('TLS') ? 'NIST' : 'ECDSA_NIST';
    await rm(join(folder, `CERT_${entity}_${curve}.der`));
    await rm(join(folder, `SK_${entity}_${curve}.pem`));
    const { pki } = await madeIn(folder);
    expect(readdirSync(folder)).toContain(`CERT_${entity}_${curve}.der`);
    expect([pki.identities.length, pki.euiccs.length]).toEqual([2, 2]);
  });

  it('has the OID of what is there', async () => {
    const { folder, pki } = await madeIn(await temporaryFolder());
    const [{ ci, auth }] = pki.identities as [Pki['identities'][number]];
    for (const name of ['DPauth', 'DPpb']) await rm(join(folder, `CERT_S_SM_${name}_ECDSA_NIST.der`));
    const other = issueDpAuth({ certificate: ci, key: await nistKey(folder) }, '2.999.12', {
      key: auth.key,
      now,
    });
    await writeFile(join(folder, 'CERT_S_SM_DPauth_ECDSA_NIST.der'), other.der);
    const { pki: changed } = await madeIn(folder);
    const [first] = changed.identities;
    expect([first!.oid, serverOid(first!.pb.certificate)]).toEqual(['2.999.12', '2.999.12']);
  });

  it('does not overwrite what is there under the same name', async () => {
    const { folder } = await madeIn(await temporaryFolder());
    const stranger = issueDpTls(
      { certificate: (await madeIn(folder)).pki.trustedCis[0]!, key: await nistKey(folder) },
      { names: ['x'] },
    );
    await rm(join(folder, 'SK_EUM_ECDSA_NIST.pem'));
    await writeFile(join(folder, 'CERT_EUM_ECDSA_NIST.der'), stranger.der);
    await madeIn(folder);
    expect(readFileSync(join(folder, 'CERT_EUM_ECDSA_NIST.der'))).toEqual(stranger.der);
    expect(readdirSync(folder)).toContain('CERT_EUM_ECDSA_NIST_2.der');
  });

  it('may lie in a sub-folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'lab', 'nist'), { recursive: true });
    await createTestPki(join(folder, 'lab', 'nist'), loading().options);
    const { pki, warnings } = await madeIn(folder);
    expect(pki.identities).toHaveLength(2);
    expect(warnings).toEqual([]);
    expect(readdirSync(folder)).toEqual(['lab']);
  });
});

async function nistKey(folder: string) {
  const { material } = await openCertificateIssuer(folder, loading().options);
  return material.credentials('ci').find(({ certificate }) => certificate.curve === 'P-256')!.key;
}

/** Whether a client that trusts `tls.ca` alone takes the server for `host`. */
async function handshake({ tls }: Pki, host: string): Promise<boolean> {
  const server = createServer({ cert: tls.cert, key: tls.key }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const named = /^\d/.test(host) ? {} : { servername: host };
  const socket = connect({ port, host: '127.0.0.1', ca: tls.ca, ...named });
  try {
    await once(socket, 'secureConnect');
    return socket.authorized;
  } finally {
    socket.destroy();
    server.close();
  }
}
