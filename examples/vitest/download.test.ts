import { expect, test as base } from 'vitest';
import { smdpFixture, type MockSmdp } from 'mock-smdp';

// One server for the file, put back before each test.
const test = base.extend<{ smdp: MockSmdp }>({ smdp: [smdpFixture(), { scope: 'file' }] });
test.beforeEach(({ smdp }) => smdp.reset());

test('installs a profile', async ({ smdp }) => {
  const { activationCode, iccid } = await smdp.profiles.create({ label: 'my test' });
  await smdp.device().download(activationCode!);
  expect(await smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed' });
});

test('says that the order has expired', async ({ smdp }) => {
  const validUntil = new Date(Date.now() + 3_600_000).toISOString();
  const { activationCode } = await smdp.profiles.create({ validUntil });
  await smdp.clock.advance({ hours: 2 });
  await expect(smdp.device().download(activationCode!)).rejects.toMatchObject({ status: '8.8.5/4.10' });
});
