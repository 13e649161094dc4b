import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp, type Namespace } from '../../../src/index.js';

let smdp: MockSmdp;
let one: Namespace;
let other: Namespace;
beforeAll(async () => {
  smdp = await startMockSmdp({ tls: 'off' });
  [one, other] = [smdp.namespace('one'), smdp.namespace('other')];
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

const download = async (where: Namespace | MockSmdp, iccid: string): Promise<unknown> => {
  const { activationCode } = await where.profiles.create({ iccid });
  return where.device().download(activationCode);
};
const iccid = '8949449999000000013';
const steps = ['authenticateClient', 'getBoundProfilePackage', 'handleNotification'] as const;

it.each(steps)('a rule for %s acts on the orders of its namespace only', async (name) => {
  const rule = await one.faults.add({ function: name, httpStatus: 500 });
  expect(rule.namespace).toBe('one');
  await download(other, iccid);
  await download(smdp, iccid);
  expect(await one.faults.get(rule.id)).toMatchObject({ matched: 0, hits: 0 });
  const result = download(one, iccid);
  if (name === 'handleNotification')
    expect(await result).toMatchObject({ outcome: 'installed', deliveryError: expect.anything() as unknown });
  else await expect(result).rejects.toThrow(/500/);
  expect((await one.faults.get(rule.id)).hits).toBeGreaterThan(0);
});

it('rules of different namespaces act at once, each on its own device with the same ICCID', async () => {
  await one.faults.add({ function: 'getBoundProfilePackage', refuse: '8.2.7/3.8' });
  await other.faults.add({ function: 'getBoundProfilePackage', refuse: '8.1/4.8' });
  await Promise.all([
    expect(download(one, iccid)).rejects.toMatchObject({ subjectCode: '8.2.7', reasonCode: '3.8' }),
    expect(download(other, iccid)).rejects.toMatchObject({ subjectCode: '8.1', reasonCode: '4.8' }),
    expect(download(smdp, iccid)).resolves.toMatchObject({ outcome: 'installed' }),
  ]);
});

it('a rule of the whole server acts on all of them', async () => {
  await smdp.faults.add({ function: 'initiateAuthentication', httpStatus: 503 });
  for (const where of [one, other, smdp]) await expect(download(where, iccid)).rejects.toThrow(/503/);
});

it('rules of others are not there', async () => {
  const mine = await one.faults.add({ name: 'same', httpStatus: 500, matchingId: 'NEVER' });
  const theirs = await other.faults.add({ name: 'same', httpStatus: 500, matchingId: 'NEVER' });
  const nobodys = await smdp.faults.add({ name: 'same', httpStatus: 500, matchingId: 'NEVER' });
  expect((await one.faults.list()).map(({ id }) => id)).toEqual([mine.id]);
  for (const { id } of [theirs, nobodys]) {
    await expect(one.faults.get(id)).rejects.toMatchObject({ status: 404 });
    await expect(one.faults.remove(id)).rejects.toMatchObject({ status: 404 });
  }
  expect(await one.faults.clear({ name: 'same' })).toBe(1);
  expect((await smdp.faults.list()).map(({ namespace }) => namespace)).toEqual(['other', null]);
});

it.each([
  [{ function: 'initiateAuthentication', httpStatus: 503 }, 'function'],
  [{ edit: { 'serverSigned1.serverAddress': 'elsewhere' } }, 'function'],
  [{ function: 'registerEvent', httpStatus: 503 }, 'function'],
  [{ interface: 'ES11', httpStatus: 503 }, 'interface'],
  [{ tls: 'expired' }, 'tls'],
] as const)('refuses the rule %j, which could never act in a namespace', async (rule, field) => {
  await expect(one.faults.add(rule)).rejects.toMatchObject({
    status: 400,
    errors: [{ field, remedy: expect.stringContaining('X-Mock-Namespace') as string }],
  });
});

it('a MatchingID that stands for a fault does so behind the name of a namespace', async () => {
  expect(one.magic('BPP-MAC-3')).toBe(`LPA:1$${smdp.address}$ONE--BPP-MAC-3`);
  await expect(one.device().download(one.magic('BPP-MAC-3'))).rejects.toThrow(/number 3/);
  const refused = one.device().download(one.magic('ERR-GBPP-8-2-7-3-8'));
  await expect(refused).rejects.toMatchObject({ subjectCode: '8.2.7', reasonCode: '3.8' });
  expect((await one.profiles.list()).items.map(({ label }) => label)).toEqual([
    'ONE--BPP-MAC-3',
    'ONE--ERR-GBPP-8-2-7-3-8',
  ]);
  expect((await other.profiles.list()).items).toEqual([]);
});

it('and a rule of the namespace acts on it too', async () => {
  await one.faults.add({ function: 'authenticateClient', refuse: '8.1/4.8', matchingId: '*BPP-MAC-3' });
  const shown = one.device().download(one.magic('BPP-MAC-3'));
  await expect(shown).rejects.toMatchObject({ subjectCode: '8.1', reasonCode: '4.8' });
  await expect(other.device().download(other.magic('BPP-MAC-3'))).rejects.toThrow(/number 3/);
});

it('an order that was prepared under such a MatchingID comes first, wherever it is', async () => {
  const { activationCode } = await other.profiles.create({ matchingId: 'ONE--BPP-MAC-3' });
  await one.device().download(activationCode);
  expect((await other.profiles.list()).items).toMatchObject([{ state: 'Installed' }]);
});
