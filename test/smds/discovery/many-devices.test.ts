import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { loadManufacturer, manufactureEuicc } from '../../../src/device/index.js';
import { findOrder } from '../../../src/orders/index.js';
import { startTestSmdp } from '../../support/smdp.js';

const smdp = await startTestSmdp();
const { store } = smdp;

const eidOf = (number: number): string => `8904903288${String(number).padStart(22, '0')}`;
const iccidOf = (number: number): string => `8949448888${String(number).padStart(9, '0')}`;
const devices = 10_000;

await store.createProfiles(
  Array.from({ length: devices }, (_, number) => ({
    ...{ iccid: iccidOf(number), eid: eidOf(number), matchingId: '' },
    ...{ profileType: 'generic', state: 'Released' as const, createdAt: 1 },
  })),
);
const manufacturer = loadManufacturer(smdp.pkiFolder);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const device = (number: number) =>
  smdp.device({ material: manufactureEuicc(manufacturer, eidOf(number), privateKey) });

it('each of 10,000 devices without a MatchingID finds its own order, and nobody else does', async () => {
  for (let number = 0; number < devices; number++)
    expect((await findOrder(store, { matchingId: undefined, eid: eidOf(number), now: 2 })).iccid).toBe(
      iccidOf(number),
    );
  await expect(
    findOrder(store, { matchingId: undefined, eid: eidOf(devices), now: 2 }),
  ).rejects.toMatchObject({ status: '8.1.1/3.8' });
});

it('100 of them download at the same time, each what is its own', async () => {
  const numbers = Array.from({ length: 100 }, (_, index) => index * 97);
  const found = await Promise.all(
    numbers.map((number) => device(number).discover({ smdpAddress: smdp.address })),
  );
  const got = found.map((findings) =>
    findings.map(({ result, error }) => (result?.outcome === 'installed' ? result.iccid : error)),
  );
  expect(got).toEqual(numbers.map((number) => [iccidOf(number)]));
  expect(await store.countProfiles()).toMatchObject({ Released: devices - 100, Installed: 100 });
});

it('two devices of one EID at the same time get what waits for it, and nothing else', async () => {
  const eid = eidOf(devices + 1);
  const orders = [await smdp.prepare({ eid, matchingId: '' }), await smdp.prepare({ eid, matchingId: '' })];
  const twins = [device(devices + 1), device(devices + 1)];
  const found = await Promise.all(twins.map((twin) => twin.discover({ smdpAddress: smdp.address })));
  const installed = found
    .flat()
    .flatMap(({ result }) => (result?.outcome === 'installed' ? [result.iccid] : []));
  expect(new Set(installed)).toEqual(new Set(orders.map(({ iccid }) => iccid)));
  for (const order of orders) {
    const history = await smdp.history(order);
    expect(history.filter(({ to, from }) => to === 'Installed' && from !== to)).toHaveLength(1);
  }
});
