import { expect } from 'vitest';
import { test } from './smdp.js';

// refusals.test.ts uses the same ICCID, perhaps at the same time in another worker.
const iccid = '8949449999000000010';

test('installs a profile', async ({ smdp }) => {
  const { activationCode } = await smdp.profiles.create({ iccid });
  const device = await smdp.device();
  await device.download(activationCode);
  expect(await smdp.profiles.waitFor(iccid, 'Installed')).toMatchObject({ eid: device.eid });
});

test('finds its profile by the EID', async ({ smdp }) => {
  const device = await smdp.device();
  const { activationCode } = await smdp.profiles.create({ iccid, eid: device.eid, matchingId: '' });
  expect(await device.download(activationCode)).toMatchObject({ outcome: 'installed', iccid });
});
