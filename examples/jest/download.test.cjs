// The package is ESM, so a CommonJS suite loads it with import(). In Jest, import() needs
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
  expect(await smdp.profiles.waitFor(iccid, 'Installed')).toMatchObject({ state: 'Installed' });
});

test('survives a server that fails once', async () => {
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
