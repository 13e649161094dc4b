import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp } from '../../src/index.js';

describe('a namespace of the library', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp();
  });
  afterAll(() => smdp.close());

  it('is a part of the server with a name, in lower case', async () => {
    const worker = smdp.namespace('Worker-3');
    expect([worker.name, worker.address]).toEqual(['worker-3', smdp.address]);
    const { namespace, iccid } = await worker.profiles.create();
    expect(namespace).toBe('worker-3');
    expect(await smdp.namespace('worker-3').profiles.get(iccid)).toMatchObject({ namespace });
  });

  it('is refused for what is no name', () => {
    expect(() => smdp.namespace('worker_3')).toThrow(RangeError);
    expect(() => smdp.namespace('worker_3')).toThrow(/letters, digits and single hyphens/);
  });

  it('lets workers install the same ICCID at once, and put back what is theirs', async () => {
    const iccid = '8949449999000000010';
    const workers = ['a', 'b', 'c'].map((name) => smdp.namespace(name));
    await Promise.all(
      workers.map(async ({ profiles, device }) => {
        const { activationCode } = await profiles.create({ iccid });
        await device().download(activationCode);
        expect(await profiles.get(iccid)).toMatchObject({ state: 'Installed', sharedBy: 1 });
      }),
    );
    const [first, second] = workers;
    await first!.reset();
    expect((await first!.profiles.list()).items).toEqual([]);
    expect((await second!.profiles.get(iccid)).state).toBe('Installed');
  });

  it('gives activation codes that find an order by its EID in that namespace alone', async () => {
    const [older, newer] = [smdp.namespace('z'), smdp.namespace('a')];
    const device = newer.device();
    const order = { eid: device.eid, matchingId: '' };
    await older.profiles.create(order);
    const { iccid, activationCode, matchingId } = await newer.profiles.create(order);
    expect({ activationCode, matchingId }).toEqual({
      activationCode: `LPA:1$${smdp.address}$A--`,
      matchingId: '',
    });
    expect(await device.download(activationCode)).toMatchObject({ iccid });
    const byEid = { function: 'handleNotification', matchingId: '' };
    expect(await newer.verify({ expect: byEid, timeout: 10 })).toMatchObject({ count: 1 });
    expect((await older.profiles.list()).items).toMatchObject([{ state: 'Released' }]);
    const sessions = await newer.journal.sessions({ matchingId: '' });
    expect(sessions.items).toHaveLength(1);
  });

  it('leaves the order of a namespace to whoever shows an empty MatchingID, as a default server does', async () => {
    const worker = smdp.namespace('default-server');
    const device = worker.device();
    const { iccid } = await worker.profiles.create({ eid: device.eid, matchingId: '' });
    expect(await device.download(`LPA:1$${smdp.address}$`)).toMatchObject({ iccid });
  });

  it('learns from its own devices which profiles they enable', async () => {
    const iccid = '8949449999000000028';
    const [one, other] = [smdp.namespace('one'), smdp.namespace('other')];
    const card = one.device();
    await card.download((await one.profiles.create({ iccid })).activationCode);
    await other.device().download((await other.profiles.create({ iccid })).activationCode);
    card.enable(iccid);
    await card.sendNotifications();
    expect((await one.profiles.get(iccid)).installedState).toBe('enabled');
    expect((await other.profiles.get(iccid)).installedState).toBe('disabled');
  });

  it('gives the activation codes that stand for faults, on the server too', async () => {
    expect(smdp.namespace('w').magic('SLOW-5')).toBe(`LPA:1$${smdp.address}$W--SLOW-5`);
    expect(smdp.magic('SLOW-5')).toBe(`LPA:1$${smdp.address}$SLOW-5`);
  });

  it.each([
    ['slow-5', 'SLOW-5'],
    ['slow$5', 'SLOW-5'],
    ['NIX', 'docs/faults.md'],
    ['BBP-MAC-3', 'BPP-MAC-3'],
    ['BPP-MAC', 'n is missing; was BPP-MAC-<n> meant?'],
    ['BPP-MAC-0', 'n is 1 to 9999; was BPP-MAC-<n> meant?'],
    ['CERT-FOO', 'CERT-...'],
    ['ERR-1', 'reason is missing'],
    ['HTTP-99', 'status is 200 to 599'],
    ['LOST-INIT', 'use a fault rule'],
    ['W--SLOW-5', 'not known'],
    ['', 'not known'],
  ])('refuses %j as a MatchingID that stands for no fault, and says what does: %s', (code, hint) => {
    for (const scope of [smdp, smdp.namespace('w')]) {
      expect(() => scope.magic(code)).toThrow(RangeError);
      expect(() => scope.magic(code)).toThrow(hint);
    }
  });
});
