import { expect, test as base } from 'vitest';
import { smdpFixture, type MockSmdp } from '../../src/index.js';

const test = base.extend<{ smdp: MockSmdp }>({ smdp: [smdpFixture({ seed: 'demo' }), { scope: 'file' }] });

test.beforeEach(({ smdp }) => smdp.reset());

test('a fixture of vitest is a server that can be used', async ({ smdp }) => {
  const [demo] = (await smdp.profiles.list()).items;
  await smdp.device().download(demo!.activationCode);
  expect((await smdp.profiles.get(demo!.iccid)).state).toBe('Installed');
});

test('it is the same for the tests of a file, put back between them', async ({ smdp }) => {
  expect((await smdp.profiles.list()).items).toMatchObject([{ state: 'Released' }]);
});
