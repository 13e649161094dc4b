import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startMockSmdp } from 'mock-smdp';

let smdp;
before(async () => {
  smdp = await startMockSmdp();
});
after(() => smdp.close());
beforeEach(() => smdp.reset());

test('installs a profile', async () => {
  const { activationCode, iccid } = await smdp.profiles.create();
  await smdp.device().download(activationCode);
  assert.equal((await smdp.profiles.get(iccid)).state, 'Installed');
});

test('survives a server that fails once', async () => {
  await smdp.faults.add({ function: 'getBoundProfilePackage', httpStatus: 503, times: 1 });
  const { activationCode } = await smdp.profiles.create();
  const device = smdp.device();
  await assert.rejects(device.download(activationCode), /503/);
  await device.download(activationCode);
});
