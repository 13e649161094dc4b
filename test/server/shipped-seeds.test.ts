import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp } from '../../src/index.js';
import { readSeedSource, shippedSeeds } from '../../src/server/index.js';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';
import { hasShared, sharedPath } from '../support/shared.js';

const eidA = '89049032123451234512345678901235';

const certs = await testPkiFolder();

let smdp: MockSmdp;
let running: MockSmdp | undefined;
afterEach(() => running?.close());

const started = async (seed: string): Promise<MockSmdp> =>
  (running = smdp = await startMockSmdp({ seed, certs }));

/** What a device meets: `installed`, the server's refusal as `8.1/4.8`, or the name of another error. */
async function outcomeOf(matchingId: string, options: { confirmationCode?: string; eid?: string } = {}) {
  const { eid = eidA, confirmationCode } = options;
  const activationCode = `LPA:1$${smdp.address}$${matchingId}`;
  return smdp
    .device({ eid })
    .download({ activationCode, ...(confirmationCode !== undefined && { confirmationCode }) })
    .then(
      ({ outcome }) => outcome as string,
      (error: { subjectCode?: string; reasonCode?: string; name: string }) =>
        error.subjectCode === undefined ? error.name : `${error.subjectCode}/${error.reasonCode}`,
    );
}

it('all shipped seeds say what they are for and where their schema is', () => {
  expect(shippedSeeds()).toEqual(['conformance', 'demo', 'failing-fleet', 'intune-pool', 'ts48']);
  for (const name of shippedSeeds()) {
    const { text } = readSeedSource(name);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/docs\/seed\.schema\.json\n/);
    expect(text).toContain(`\nname: ${name}\n`);
    expect(text).toContain('\ndescription:');
  }
});

describe('conformance', () => {
  it('has the 17 orders of the public suite', async () => {
    await started('conformance');
    const { items } = await smdp.profiles.list({ limit: 100 });
    expect(items).toHaveLength(17);
    expect(await smdp.seeds.apply({ text: readSeedSource('conformance').text })).toMatchObject({
      ...{ added: 0, changed: 0, present: 18 },
    });
  });

  it('serves the device of the suite by its EID again and again, with metadata of two segments', async () => {
    await started('conformance');
    for (let round = 0; round < 4; round++) expect(await outcomeOf('')).toBe('installed');
    const [{ icon } = { icon: '' }] = (await smdp.profileTypes.list())
      .filter(({ name }) => name === 'Test')
      .map(({ metadata }) => metadata);
    expect(Buffer.from(icon!, 'base64')).toHaveLength(1000);
    expect(await outcomeOf('', { eid: '89049032123451234512345678901299' })).toBe('8.1.1/3.8');
  });

  it.each([
    ['AC_NO_CC', 'installed'],
    ['EVENT_001', 'installed'],
    ['AC_PPR1', 'installed'],
    ['AC_EXPIRED', '8.8.5/4.10'],
    ['AC_MAX_RETRIES', '8.8.5/6.4'],
    ['EVENT_RESTRICTED', '8.1.1/3.8'],
    ['AC_RESTRICTED_EID', '8.1.1/3.8'],
    ['AC_OTHER_EID', '8.1.1/3.8'],
    ['AC_NOT_RELEASED', '8.2/1.2'],
    ['WRONG-MATCHING-ID-12345', '8.2.6/3.8'],
  ])('answers for %s: %s', async (matchingId, outcome) => {
    await started('conformance');
    expect(await outcomeOf(matchingId)).toBe(outcome);
  });

  it('wants the confirmation codes of the suite', async () => {
    await started('conformance');
    const wrong = { confirmationCode: '00000000' };
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await outcomeOf('CC_REQUIRED_TEST', wrong)).toBe('8.2.7/3.8');
    expect(await outcomeOf('CC_REQUIRED_TEST', { confirmationCode: '12345678' })).toBe('installed');
    expect(await outcomeOf('AC_WITH_CC', { confirmationCode: '12345678' })).toBe('installed');
  });

  it('has the stock that operators order by ICCID, and leaves it to them', async () => {
    await started('conformance');
    const { orders } = smdp;
    const iccid = '89000000000000001010';
    await expect(orders.downloadOrder({ iccid })).resolves.toMatchObject({ iccid });
    const byType = await orders.downloadOrder({ eid: eidA, profileType: 'Test' });
    expect(byType.iccid).not.toMatch(/^8900000000000000/);
    await expect(orders.downloadOrder({ iccid: '8900000000000099999' })).rejects.toThrow('8.2.1/3.9');
    await expect(orders.confirmOrder({ iccid: '89000000000000001044', releaseFlag: true })).rejects.toThrow();
    await expect(
      orders.cancelOrder({ iccid: '89000000000000001051', finalProfileStatusIndicator: 'Available' }),
    ).rejects.toThrow();
  });
});

describe('failing-fleet', () => {
  it.each([
    ['FLEET-01', ['installed']],
    ['FLEET-03', ['8.1/4.8', '8.1/4.8', '8.1/4.8']],
    ['FLEET-04', ['8.1/4.8', 'HttpStatusError', 'installed']],
    ['FLEET-05', ['TransportError', 'installed']],
    ['FLEET-06', ['InstallationFailed']],
    ['FLEET-08', ['8.8.5/4.10']],
    ['FLEET-09', ['8.8.5/6.4']],
    ['FLEET-10', ['8.1.1/3.8']],
    ['FLEET-11', ['8.2/1.2']],
  ])('%s: %s', async (matchingId, outcomes) => {
    await started('failing-fleet');
    const met: string[] = [];
    while (met.length < outcomes.length) met.push(await outcomeOf(matchingId));
    expect(met).toEqual(outcomes);
  });

  it('wants a code of FLEET-02, lets FLEET-07 wait, and has lost FLEET-12', async () => {
    await started('failing-fleet');
    expect(await outcomeOf('FLEET-02', { confirmationCode: '2468' })).toBe('installed');
    expect(await smdp.faults.list({ matchingId: 'FLEET-07' })).toMatchObject([{ delay: 2000 }]);
    const { items } = await smdp.profiles.list({ matchingId: 'FLEET-12' });
    expect(items).toMatchObject([{ state: 'Error', errorStatus: '8.2.10/4.2' }]);
  });
});

it('intune-pool gives each PC of the group a code of its own', async () => {
  await started('intune-pool');
  const names = ['laptop-01', 'laptop-02', 'laptop-03'];
  for (const name of names) await smdp.devices.create({ name, platform: 'windows' });
  await expect(smdp.management.sync('esim')).resolves.toMatchObject({ activation: { Active: 3 } });
  const { items } = await smdp.profiles.list({ pool: 'laptops', state: ['Installed'] });
  expect(items).toHaveLength(4);
  expect(await smdp.pools.codeList('laptops')).toMatch(/^localhost\r?\n/);
});

it('demo has one profile, which a reset brings back', async () => {
  await started('demo');
  expect(await outcomeOf('DE301-00000-00000-00001')).toBe('installed');
  await smdp.reset();
  expect((await smdp.profiles.list()).items).toMatchObject([{ label: 'demo', state: 'Released' }]);
});

describe('ts48', () => {
  it('says where to get the package', async () => {
    await expect(startMockSmdp({ seed: 'ts48' })).rejects.toThrow(
      /ts48:\d+:\d+: profileTypes\.0\.package\.file: 'TS48v5_SAIP2\.3_NoBERTLV\.der' cannot be read\n +get it from https:\/\/github\.com\/GSMATerminals/,
    );
  });

  it.skipIf(!hasShared)('gives the package of the GSMA to any device, and to one device', async () => {
    const folder = temporaryFolder();
    const seed = join(folder, 'ts48.yaml');
    copyFileSync(new URL('../../examples/seeds/ts48.yaml', import.meta.url), seed);
    copyFileSync(
      sharedPath('ts48', 'TS48v5_SAIP2.3_NoBERTLV.der'),
      join(folder, 'TS48v5_SAIP2.3_NoBERTLV.der'),
    );
    await started(seed);
    expect(await outcomeOf('TS48-V5')).toBe('installed');
    expect(await outcomeOf('TS48-V5', { eid: '89049032123451234512345678901236' })).toBe('installed');
    expect(await outcomeOf('TS48-V5-ONCE')).toBe('installed');
  });
});

it('examples of the documentation are seeds that the server takes', async () => {
  await started('none');
  const page = readFileSync(new URL('../../docs/seeds.md', import.meta.url), 'utf8');
  const seeds = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
  expect(seeds.length).toBeGreaterThan(0);
  for (const text of seeds) {
    const files = { 'eids.csv': Buffer.from('89049032000000000000010000000502\n').toString('base64') };
    await expect(smdp.seeds.apply({ text, files })).resolves.toMatchObject({ present: 0 });
  }
});
