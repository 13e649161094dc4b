import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlError, startMockSmdp, type MockSmdp } from '../../src/index.js';

/** The server as it is behind a port that was mapped when it ran already. */
describe('the SM-DP+ address, changed while the server runs', () => {
  let smdp: MockSmdp;
  let before: string;
  beforeAll(async () => {
    smdp = await startMockSmdp({ dsAddress: 'smds.example.com' });
    before = smdp.address;
    await smdp.profiles.create({ matchingId: 'EARLIER' });
    await change('localhost:49153');
  });
  afterAll(() => smdp.close());

  const change = (address: unknown) => smdp.call('PUT', '/address', { body: { address } });

  it('is in activation codes, even in those of earlier profiles', async () => {
    expect(await smdp.call('GET', '/address')).toEqual({
      address: 'localhost:49153',
      smdsAddress: 'smds.example.com',
      deviceUrl: smdp.deviceUrl,
    });
    expect(smdp.address).toBe('localhost:49153');
    const { items } = await smdp.profiles.list({ matchingId: 'EARLIER' });
    expect(items).toMatchObject([{ activationCode: 'LPA:1$localhost:49153$EARLIER' }]);
  });

  it('must be named by devices, and receives their notifications', async () => {
    const { activationCode } = await smdp.profiles.create();
    const device = smdp.device();
    await device.download(activationCode);
    const { decoded } = (await smdp.journal.exchange(await firstId())).request!;
    expect(decoded).toMatchObject({ smdpAddress: 'localhost:49153' });
    await smdp.verify({ expect: { function: 'handleNotification', eid: device.eid }, timeout: 2 });
    const connect = (): string => smdp.deviceUrl.replace('https://', '');
    const stranger = smdp.device({ server: { connect } });
    await expect(stranger.download(`LPA:1$${before}$EARLIER`)).rejects.toMatchObject({ status: '8.8.1/3.8' });
  });

  const firstId = async (): Promise<number> =>
    (await smdp.journal.exchanges({ function: 'initiateAuthentication' })).items[0]!.id;

  it('outlives a reset', async () => {
    await smdp.reset();
    expect(smdp.address).toBe('localhost:49153');
  });

  it.each([
    [
      'smdp.example.com',
      409,
      /TLS certificate is not for 'smdp.example.com'\n.*SMDP_ADDRESS=smdp.example.com/,
    ],
    ['https://localhost', 400, /address/],
    ['localhost:0', 400, /address/],
    ['localhost:65536', 400, /address/],
    ['', 400, /address/],
    [7, 400, /address/],
  ])('is not changed to %j', async (address, status, message) => {
    const now = smdp.address;
    const refused = change(address);
    await expect(refused).rejects.toBeInstanceOf(ControlError);
    await expect(refused).rejects.toMatchObject({
      status,
      message: expect.stringMatching(message) as string,
    });
    expect(smdp.address).toBe(now);
  });

  it('cannot be the address of the SM-DS', async () => {
    const plain = await startMockSmdp({ dsAddress: 'smds.example.com', tls: 'off' });
    await plain.call('PUT', '/address', { body: { address: 'smdp.example.com:65535' } });
    expect(plain.address).toBe('smdp.example.com:65535');
    await expect(
      plain.call('PUT', '/address', { body: { address: 'SMDS.example.com:8443' } }),
    ).rejects.toMatchObject({ status: 409 });
    await plain.close();
  });
});
