import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { MockSmdpContainer } from 'mock-smdp/testcontainers';

// One container for all tests of the file, reset before each test. Build its image first: docker build --tag mock-smdp .
let container;
before(async () => {
  container = await new MockSmdpContainer(process.env.MOCK_SMDP_IMAGE ?? 'mock-smdp').start();
});
beforeEach(() => container.smdp.reset());
after(() => container?.stop());

// Replace the virtual device with your own client.
test('installs a profile', async () => {
  const { smdp } = container;
  const { activationCode, iccid } = await smdp.profiles.create({ label: 'my test' });
  await (await smdp.device()).download(activationCode);
  assert.equal((await smdp.profiles.waitFor(iccid, 'Installed')).label, 'my test');
});

test('refuses once, because of a fault rule', async () => {
  const { smdp } = container;
  await smdp.faults.add({ function: 'authenticateClient', refuse: '8.1/4.8', times: 1 });
  const { activationCode } = await smdp.profiles.create();
  const device = await smdp.device();
  await assert.rejects(device.download(activationCode), { status: '8.1/4.8' });
  await device.download(activationCode);
});

test('can be reached after a restart, although its ports have changed', async () => {
  await container.restart();
  const { activationCode } = await container.smdp.profiles.create();
  await (await container.smdp.device()).download(activationCode);
});
