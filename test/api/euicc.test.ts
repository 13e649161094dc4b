import { X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVirtualDevice, euiccFromPem, MaterialError, type EuiccInPem } from '../../src/device/index.js';
import { startMockSmdp, type MockSmdp } from '../../src/index.js';
import { testPkiFolder } from '../support/pki-folder.js';

interface Answer extends EuiccInPem {
  readonly tlsCertificates: string;
  readonly warnings: readonly string[];
}

describe('an eUICC that is made for a test', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp();
  });
  afterAll(() => smdp.close());
  const make = (eid?: string): Promise<Answer> => smdp.call('POST', '/pki/euicc', { body: { eid } });

  it('has everything that a device needs, and a new EID', async () => {
    const [made, other] = [await make(), await make()];
    expect(made.eid).toMatch(/^89049032\d{24}$/);
    expect(made.eid).not.toBe(other.eid);
    expect(made.warnings).toEqual([]);
    const { activationCode } = await smdp.profiles.create({ eid: made.eid });
    const connect = new URL(smdp.deviceUrl).host;
    const server = { ca: made.tlsCertificates, connect };
    const device = createVirtualDevice({ material: euiccFromPem(made), server });
    expect(await device.download(activationCode)).toMatchObject({ outcome: 'installed' });
    device.close();
  });

  it('has the EID that it is to have, under the EUM of the server', async () => {
    const eid = '89049032000000000000000000000163';
    const made = await make(eid);
    expect(made.eid).toBe(eid);
    const certificate = new X509Certificate(made.euiccCertificate);
    expect(certificate.subject).toContain(`serialNumber=${eid}`);
    expect(certificate.verify(new X509Certificate(made.eumCertificate).publicKey)).toBe(true);
  });

  it('comes with a warning where servers will not put up with its EID', async () => {
    const certs = await testPkiFolder();
    for (const curve of ['NIST', 'BRP']) rmSync(join(certs, `SK_CI_ECDSA_${curve}.pem`));
    const own = await startMockSmdp({ certs });
    const body = { eid: '89000000000000000000000000000000' };
    const { warnings } = await own.call<Answer>('POST', '/pki/euicc', { body });
    await own.close();
    expect(warnings).toEqual([
      expect.stringMatching(/begin with 89049032.*8\.1\.3\/6\.1/),
      expect.stringMatching(/check digits/),
    ]);
  });

  it("has an EUM of its own if its EID is outside the EUM's range, and downloads", async () => {
    const made = await make('89033023000000000000000000000073');
    expect(made.warnings).toEqual([expect.stringMatching(/check digits/)]);
    const { activationCode } = await smdp.profiles.create();
    const server = { ca: made.tlsCertificates, connect: new URL(smdp.deviceUrl).host };
    const device = createVirtualDevice({ material: euiccFromPem(made), server });
    expect(await device.download(activationCode)).toMatchObject({ outcome: 'installed' });
    device.close();
  });

  it.each(['1', '', 7, null])('is not made for the EID %j', async (eid) => {
    await expect(smdp.call('POST', '/pki/euicc', { body: { eid } })).rejects.toMatchObject({ status: 400 });
  });

  it("is not to be had where the PKI folder has no EUM's key", async () => {
    const certs = await testPkiFolder();
    for (const name of ['CI', 'EUM'])
      for (const curve of ['NIST', 'BRP']) rmSync(join(certs, `SK_${name}_ECDSA_${curve}.pem`));
    const own = await startMockSmdp({ certs });
    await expect(own.call('POST', '/pki/euicc')).rejects.toMatchObject({
      status: 409,
      message: expect.stringMatching(/private key of a manufacturer[^]*SMDP_CERTS/) as string,
    });
    await own.close();
  });
});

describe('euiccFromPem', () => {
  it('says which member is not what it should be', async () => {
    const smdp = await startMockSmdp();
    const made = await smdp.call<Answer>('POST', '/pki/euicc');
    const other = await smdp.call<Answer>('POST', '/pki/euicc');
    await smdp.close();
    const wrong: [Partial<Answer>, RegExp][] = [
      [{ euiccKey: other.euiccKey }, /euiccKey is not the private key/],
      [{ euiccKey: 'none' }, /euiccKey cannot be read/],
      [{ ciCertificates: '' }, /ciCertificates cannot be read: it has no PEM block/],
    ];
    for (const [changes, message] of wrong) {
      expect(() => euiccFromPem({ ...made, ...changes })).toThrow(MaterialError);
      expect(() => euiccFromPem({ ...made, ...changes })).toThrow(message);
    }
  });
});
