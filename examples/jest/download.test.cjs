// The package is ESM: a CommonJS suite takes it with import(), for which Jest wants
// NODE_OPTIONS=--experimental-vm-modules.
let smdp;

beforeAll(async () => {
  const { startMockSmdp } = await import('mock-smdp');
  smdp = await startMockSmdp();
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

test('installs a profile', async () => {
  const { activationCode, iccid } = await smdp.profiles.create();
  await smdp.device().download(activationCode);
  expect(await smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed' });
});
