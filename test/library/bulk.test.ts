import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ControlError, startMockSmdp, type MockSmdp } from '../../src/index.js';

const eid = '89049032000000000000010000000114';
const other = '89049032000000000000010000000211';

describe('the calls for what comes in bulk', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp({ address: 'smdp.example.com', dsAddress: 'smds.example.com' });
  });
  afterAll(() => smdp.close());
  beforeEach(() => smdp.reset());

  it('import manifests: texts, octets and streams', async () => {
    const csv = `eid\n${eid}\n`;
    const imported = (...given: Parameters<MockSmdp['manifests']['import']>) =>
      smdp.manifests.import(given[0], { label: 'mine', ...given[1] });
    await expect(imported(csv)).resolves.toMatchObject({ outcome: 'imported', added: 1 });
    await expect(imported(new TextEncoder().encode(csv))).resolves.toMatchObject({ outcome: 'unchanged' });
    await expect(imported(Readable.from([Buffer.from(csv)]))).resolves.toMatchObject({
      outcome: 'unchanged',
    });
    async function* pieces() {
      yield 'eid\n';
      yield await Promise.resolve(`${other}\n`);
    }
    await expect(imported(pieces(), { dryRun: true })).resolves.toMatchObject({
      outcome: 'checked',
      added: 1,
    });
    expect((await smdp.profiles.list({ label: 'mine' })).items).toMatchObject([{ eid }]);
  });

  it('say which rows of a manifest are wrong', async () => {
    const error: unknown = await smdp.manifests
      .import(`eid\n${eid}\n123\n`)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ControlError);
    expect(error).toMatchObject({ status: 422, errors: [{ field: 'line 3, column 1, eid' }] });
  });

  it('make pools, and hand their codes out', async () => {
    await expect(smdp.pools.create({ name: 'summer camp', count: 2 })).resolves.toMatchObject({ created: 2 });
    expect(await smdp.pools.list()).toMatchObject([{ name: 'summer camp', profiles: 2 }]);
    expect(await smdp.pools.get('summer camp')).toMatchObject({ profiles: 2 });
    const { codes } = await smdp.pools.activationCodes('summer camp', { profileType: 'generic' });
    expect(codes).toHaveLength(2);
    const rows = codes.map(({ iccid, matchingId }) => `${iccid},${matchingId}\n`);
    expect(await smdp.pools.codeList('summer camp')).toBe(`smdp.example.com\n${rows.join('')}`);
    const { counts } = await smdp.pools.status('summer camp');
    expect(counts['Device not synced']).toBe(2);
    expect(await smdp.pools.delete('summer camp')).toEqual({ removed: 2, kept: 0 });
    await expect(smdp.pools.get('summer camp')).rejects.toMatchObject({ status: 404 });
  });

  it('import lists of activation codes', async () => {
    const list = 'smdp.example.com\n8900102000000000018,EA3B1-C0DE5-F0A77-00001\n';
    await expect(smdp.pools.import(list, { label: 'listed' })).resolves.toMatchObject({ created: 1 });
    await expect(smdp.pools.import(Buffer.from(list))).resolves.toMatchObject({ unchanged: 1 });
    await expect(smdp.pools.import('nothing')).rejects.toBeInstanceOf(ControlError);
  });

  it('register operators, and show what they are told', async () => {
    await smdp.operators.put('2.999.1', { callbackUrl: 'http://localhost:9', downloadAttempts: 3 });
    expect(await smdp.operators.get('2.999.1')).toMatchObject({ downloadAttempts: 3 });
    expect(await smdp.operators.list()).toHaveLength(1);
    expect(await smdp.operators.callbacks({ operator: '2.999.1' })).toMatchObject({ waiting: 0, items: [] });
    expect(await smdp.operators.retryCallbacks('2.999.1')).toBe(0);
    expect(await smdp.operators.retryCallbacks()).toBe(0);
    await smdp.operators.delete('2.999.1');
    await expect(smdp.operators.get('2.999.1')).rejects.toMatchObject({ status: 404 });
  });

  it('show the events of the SM-DS', async () => {
    expect((await smdp.smdsEvents.list({ eid, limit: 5 })).items).toEqual([]);
    expect(await smdp.smdsEvents.clear()).toBe(0);
  });

  it('give certificates, CRL and QR code in their formats', async () => {
    expect(await smdp.pki.ci()).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    expect(await smdp.pki.tls()).toContain(smdp.ca.trim());
    expect((await smdp.pki.crl())[0]).toBe(0x30);
    const { iccid } = await smdp.profiles.create();
    expect(await smdp.profiles.qrCode(iccid)).toMatch(/^<svg /);
  });
});
