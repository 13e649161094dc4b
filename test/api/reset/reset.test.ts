import { afterEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp, type MockSmdpOptions } from '../../../src/index.js';

let smdp: MockSmdp;
const start = async (options?: MockSmdpOptions): Promise<void> => {
  smdp = await startMockSmdp(options);
};
afterEach(() => smdp.close());

const count = async (): Promise<number> => (await smdp.profiles.list()).items.length;

describe('reset', () => {
  it('brings the seed back, and nothing else', async () => {
    await start({ seed: 'demo' });
    const demo = (await smdp.profiles.list()).items[0]!;
    await smdp.device().download(demo.activationCode);
    await smdp.profiles.create();
    await smdp.reset();
    const { items } = await smdp.profiles.list();
    expect(items).toMatchObject([
      { activationCode: demo.activationCode, iccid: demo.iccid, state: 'Released' },
    ]);
    await expect(smdp.device().download(demo.activationCode)).resolves.toBeDefined();
  });

  it('leaves nothing where nothing was seeded', async () => {
    await start();
    await smdp.profileTypes.put('mine', {});
    await smdp.call('PUT', '/operators/2.999.1', { body: {} });
    await smdp.profiles.create({ profileType: 'mine' });
    await smdp.reset();
    expect(await count()).toBe(0);
    await expect(smdp.profileTypes.get('mine')).rejects.toMatchObject({ status: 404 });
    await expect(smdp.call('GET', '/operators')).resolves.toMatchObject({ items: [] });
  });

  it('brings back the fault rules of the start, their counters at zero', async () => {
    await start({
      faults: [{ name: 'first', function: 'initiateAuthentication', httpStatus: 500, times: 1 }],
    });
    const { activationCode } = await smdp.profiles.create();
    await expect(smdp.device().download(activationCode)).rejects.toThrow(/500/);
    await smdp.faults.add({ name: 'second', httpStatus: 503 });
    await smdp.reset();
    expect(await smdp.faults.list()).toMatchObject([{ name: 'first', hits: 0 }]);
  });

  it('keeps what it is told to keep', async () => {
    await start();
    await smdp.clock.set('2040-01-01T00:00:00Z');
    await smdp.faults.add({ name: 'kept', httpStatus: 503 });
    await smdp.profileTypes.put('mine', {});
    await smdp.profiles.create({ profileType: 'mine' });
    await smdp.reset({ keep: ['clock', 'faults', 'profileTypes'] });
    expect(smdp.clock.now().getUTCFullYear()).toBe(2040);
    expect(await smdp.faults.list()).toMatchObject([{ name: 'kept' }]);
    await expect(smdp.profileTypes.get('mine')).resolves.toBeDefined();
    expect(await count()).toBe(0);
  });

  it('sets the clock back', async () => {
    await start();
    await smdp.clock.advance({ days: 400 });
    await smdp.clock.freeze();
    await smdp.reset();
    expect(await smdp.call('GET', '/clock')).toMatchObject({ frozen: false, ahead: 0, warnings: [] });
  });

  it('ends sessions that are under way, without harm to what comes after', async () => {
    await start({ seed: 'demo' });
    const { activationCode } = (await smdp.profiles.list()).items[0]!;
    const interrupted = smdp.device().download({
      activationCode: activationCode!,
      consent: async () => {
        await smdp.reset();
        return 'agree' as const;
      },
    });
    await expect(interrupted).rejects.toMatchObject({ subjectCode: '8.10.1', reasonCode: '3.9' });
    expect((await smdp.profiles.list()).items).toMatchObject([{ state: 'Released', eid: null }]);
  });

  it('may be asked for by several at once', async () => {
    await start({ seed: 'demo' });
    await Promise.all([smdp.reset(), smdp.reset(), smdp.reset()]);
    expect(await count()).toBe(1);
  });

  it('refuses to keep what it does not know', async () => {
    await start();
    await expect(smdp.reset({ keep: ['journals' as 'clock'] })).rejects.toMatchObject({
      status: 400,
      errors: [{ field: 'keep.0' }],
    });
  });
});

describe('removing profiles', () => {
  it('removes the profiles that the same filter lists', async () => {
    await start();
    await smdp.profiles.create({ label: 'mine' });
    await smdp.profiles.create({ label: 'mine', state: 'Installed' });
    const { iccid } = await smdp.profiles.create({ label: 'yours' });
    expect(await smdp.profiles.clear({ label: 'mine', state: 'Installed' })).toBe(1);
    expect(await smdp.profiles.clear({ label: 'mine' })).toBe(1);
    expect(await smdp.profiles.clear({ label: 'mine' })).toBe(0);
    expect((await smdp.profiles.list()).items).toMatchObject([{ iccid }]);
  });

  it('takes more than one portion of them', async () => {
    await start();
    for (let made = 0; made < 450; made++) await smdp.profiles.create({ pool: made % 2 ? 'odd' : 'even' });
    expect(await smdp.profiles.clear({ pool: 'odd' })).toBe(225);
    expect(await smdp.profiles.clear()).toBe(225);
    expect(await count()).toBe(0);
  });

  it('takes one, with its history', async () => {
    await start();
    const { iccid, activationCode } = await smdp.profiles.create();
    await smdp.device().download(activationCode);
    await smdp.profiles.remove(iccid);
    await expect(smdp.profiles.get(iccid)).rejects.toMatchObject({ status: 404 });
    await expect(smdp.profiles.remove(iccid)).rejects.toMatchObject({ status: 404 });
  });

  it('does not take all of them by an oversight', async () => {
    await start();
    await smdp.profiles.create({ label: 'mine' });
    await expect(smdp.profiles.clear({ label: undefined })).rejects.toMatchObject({ status: 400 });
    await expect(smdp.call('DELETE', '/profiles')).rejects.toThrow(/all=true/);
    await expect(smdp.call('DELETE', '/profiles?labels=mine')).rejects.toMatchObject({
      errors: [{ field: 'labels', remedy: 'did you mean label?' }],
    });
    expect(await count()).toBe(1);
    await expect(smdp.call('DELETE', '/profiles?all=true')).resolves.toEqual({ removed: 1 });
  });
});

describe('snapshots', () => {
  it('bring back profiles as they were', async () => {
    await start();
    const { iccid, activationCode } = await smdp.profiles.create();
    expect(await smdp.snapshots.take('before')).toMatchObject({ name: 'before' });
    await smdp.device().download(activationCode);
    await smdp.profiles.create();
    await smdp.snapshots.restore('before');
    expect((await smdp.profiles.list()).items).toMatchObject([{ iccid, state: 'Released', eid: null }]);
    await expect(smdp.device().download(activationCode)).resolves.toBeDefined();
  });

  it('bring back profile types, and survive a reset', async () => {
    await start();
    await smdp.profileTypes.put('mine', { metadata: { profileName: 'old' } });
    await smdp.snapshots.take('types');
    await smdp.profileTypes.put('mine', { metadata: { profileName: 'new' } });
    await smdp.snapshots.restore('types');
    expect(await smdp.profileTypes.get('mine')).toMatchObject({ metadata: { profileName: 'old' } });
    await smdp.reset();
    await smdp.snapshots.restore('types');
    expect(await smdp.profileTypes.get('mine')).toMatchObject({ metadata: { profileName: 'old' } });
  });

  it('are listed and removed by name; others are not there', async () => {
    await start();
    await smdp.snapshots.take('one');
    expect((await smdp.snapshots.list()).map(({ name }) => name)).toEqual(['one']);
    await smdp.snapshots.remove('one');
    expect(await smdp.snapshots.list()).toEqual([]);
    await expect(smdp.snapshots.restore('one')).rejects.toMatchObject({ status: 404 });
    await expect(smdp.snapshots.remove('one')).rejects.toMatchObject({ status: 404 });
    await expect(smdp.snapshots.take('../one')).rejects.toMatchObject({ status: 400 });
  });
});
