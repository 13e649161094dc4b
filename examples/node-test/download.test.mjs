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
  assert.equal((await smdp.profiles.waitFor(iccid, 'Installed')).sharedBy, 1);
});

test('survives a server that fails once', async () => {
  await smdp.faults.add({ function: 'getBoundProfilePackage', httpStatus: 503, times: 1 });
  const { activationCode } = await smdp.profiles.create();
  const device = smdp.device();
  await assert.rejects(device.download(activationCode), /503/);
  await device.download(activationCode);
  await smdp.verify({
    expect: { function: 'getBoundProfilePackage', eid: device.eid },
    count: { exactly: 2 },
  });
});

test('is refused a profile of another device, and the journal says why', async () => {
  const { activationCode } = await smdp.profiles.create({ eid: '89049032123451234512345678901235' });
  const device = smdp.device();
  await assert.rejects(device.download(activationCode));
  const expect = { function: 'authenticateClient', eid: device.eid, status: '8.1.1/3.8' };
  const { exchanges } = await smdp.verify({ expect });
  const { nearest } = await smdp.journal.exchange(exchanges[0].id);
  assert.match(nearest.why, /EID differs/);
});
