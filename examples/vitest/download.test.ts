import { expect, test as base } from 'vitest';
import { smdpFixture, type MockSmdp } from 'mock-smdp';

// One server for all tests of the file, reset before each test.
const test = base.extend<{ smdp: MockSmdp }>({ smdp: [smdpFixture(), { scope: 'file' }] });
test.beforeEach(({ smdp }) => smdp.reset());

// Replace the virtual device with your own client.
test('installs a profile', async ({ smdp }) => {
  const { activationCode, iccid } = await smdp.profiles.create({ label: 'my test' });
  await smdp.device().download(activationCode);
  expect(await smdp.profiles.waitFor(iccid, 'Installed')).toMatchObject({ label: 'my test' });
});

test('says that the order has expired', async ({ smdp }) => {
  const validUntil = new Date(Date.now() + 3_600_000).toISOString();
  const { activationCode } = await smdp.profiles.create({ validUntil });
  await smdp.clock.advance({ hours: 2 });
  await expect(smdp.device().download(activationCode)).rejects.toMatchObject({ status: '8.8.5/4.10' });
});

test('can download again after the server has failed once', async ({ smdp }) => {
  await smdp.faults.add({ function: 'getBoundProfilePackage', httpStatus: 503, times: 1 });
  const { activationCode } = await smdp.profiles.create();
  const device = smdp.device();
  await expect(device.download(activationCode)).rejects.toThrow(/503/);
  await device.download(activationCode);
  await smdp.verify({
    expect: { function: 'getBoundProfilePackage', eid: device.eid },
    count: { exactly: 2 },
  });
});

test('notices a wrong MAC, and reports it', async ({ smdp }) => {
  const device = smdp.device();
  await expect(device.download(`LPA:1$${smdp.address}$BPP-MAC-3`)).rejects.toThrow();
  await smdp.verify({ expect: { function: 'handleNotification', eid: device.eid }, timeout: 2 });
  const { items } = await smdp.journal.sessions({ eid: device.eid });
  expect(items).toMatchObject([{ outcome: 'failed' }]);
});
