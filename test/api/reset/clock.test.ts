import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp } from '../../../src/index.js';

let smdp: MockSmdp;
beforeEach(async () => {
  smdp = await startMockSmdp();
});
afterEach(() => smdp.close());

describe('the clock of the server', () => {
  it('is set, advanced, frozen and let go', async () => {
    expect(await smdp.clock.freeze()).toMatchObject({ frozen: true });
    expect(await smdp.clock.set('2030-01-31T12:00:00Z')).toMatchObject({ now: '2030-01-31T12:00:00.000Z' });
    await smdp.clock.advance({ days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 });
    expect(smdp.clock.now().toISOString()).toBe('2030-02-01T13:01:01.001Z');
    await smdp.clock.advance({ days: -1 });
    expect(smdp.clock.now().toISOString()).toBe('2030-01-31T13:01:01.001Z');
    expect(await smdp.clock.unfreeze()).toMatchObject({ frozen: false });
    expect(await smdp.clock.reset()).toMatchObject({ ahead: 0 });
  });

  it.each([
    [{ now: 'tomorrow' }, 'now'],
    [{ now: '2030-02-31T00:00:00Z', advance: {} }, 'advance'],
    [{ now: '2030-13-01T00:00:00Z' }, 'now'],
    [{ advance: 60 }, 'advance'],
    [{ advance: { day: 1 } }, 'advance.day'],
    [{ advance: { days: 1e9 } }, 'advance'],
    [{ freeze: true }, 'freeze'],
  ])('is not changed by %j', async (body, field) => {
    await expect(smdp.call('PUT', '/clock', { body })).rejects.toMatchObject({
      status: 400,
      errors: [{ field }],
    });
    expect(await smdp.call('GET', '/clock')).toMatchObject({ ahead: 0, frozen: false });
  });

  it('says when clients that go by it do not connect', async () => {
    expect(await smdp.clock.advance({ days: 3 })).toMatchObject({ warnings: [] });
    expect((await smdp.clock.advance({ days: 3650 })).warnings).toEqual([
      expect.stringContaining('TLS certificate'),
    ]);
  });

  it('lets an order expire', async () => {
    const validUntil = new Date(Date.now() + 3_600_000).toISOString();
    const { activationCode } = await smdp.profiles.create({ validUntil });
    await smdp.clock.advance({ hours: 2 });
    await expect(smdp.device().download(activationCode)).rejects.toMatchObject({
      subjectCode: '8.8.5',
      reasonCode: '4.10',
    });
    const lasting = await smdp.profiles.create();
    await expect(smdp.device().download(lasting.activationCode)).resolves.toBeDefined();
  });

  it('lets a session expire', async () => {
    const { activationCode } = await smdp.profiles.create();
    const slow = smdp.device().download({
      activationCode: activationCode!,
      consent: async () => {
        await smdp.clock.advance({ minutes: 11 });
        return 'agree' as const;
      },
    });
    await expect(slow).rejects.toMatchObject({ subjectCode: '8.10.1', reasonCode: '3.9' });
  });

  it('lets the certificate of a device expire', async () => {
    const { activationCode } = await smdp.profiles.create();
    const device = smdp.device({ clock: { now: () => new Date() } });
    await smdp.clock.set('2200-01-01T00:00:00Z');
    await expect(device.download(activationCode)).rejects.toMatchObject({ reasonCode: '6.3' });
  });
});
