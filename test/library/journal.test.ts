import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ControlError, startMockSmdp, type JournalEvent, type MockSmdp } from '../../src/index.js';

describe('the journal in the library', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp();
  });
  afterAll(() => smdp.close());
  beforeEach(() => smdp.reset());

  const download = async () => {
    const { activationCode, iccid } = await smdp.profiles.create();
    const device = smdp.device();
    await device.download(activationCode);
    return { iccid, eid: device.eid };
  };

  it('lists exchanges by filter, after a mark', async () => {
    await download();
    const mark = await smdp.journal.mark();
    const { eid, iccid } = await download();
    const { items, total, last } = await smdp.journal.exchanges({ since: mark });
    expect(items.map((exchange) => exchange.function)).toEqual([
      'initiateAuthentication',
      'authenticateClient',
      'getBoundProfilePackage',
      'handleNotification',
    ]);
    expect([total, last > mark]).toEqual([4, true]);
    const { items: some } = await smdp.journal.exchanges({ eid, iccid, function: 'getBoundProfilePackage' });
    expect(some).toMatchObject([{ result: 'Executed-Success', state: { after: 'Downloaded' } }]);
    expect((await smdp.journal.exchanges({ limit: 2 })).items).toHaveLength(2);
    expect((await smdp.journal.exchanges({ since: new Date(Date.now() + 60_000) })).items).toEqual([]);
  });

  it('shows one exchange decoded, and secrets only where asked for', async () => {
    await download();
    const { items } = await smdp.journal.exchanges({ function: 'getBoundProfilePackage' });
    const { id } = items[0]!;
    const plain = await smdp.journal.exchange(id);
    expect(plain.checks.length).toBeGreaterThan(0);
    expect(plain.secrets).toBeUndefined();
    expect((await smdp.journal.exchange(id, { secrets: true })).secrets).toBeDefined();
    await expect(smdp.journal.exchange(999)).rejects.toMatchObject({ status: 404 });
  });

  it('shows sessions with their steps and their messages', async () => {
    const { eid } = await download();
    const { items } = await smdp.journal.sessions({ eid });
    expect(items).toMatchObject([{ eid, outcome: 'installed' }]);
    const session = await smdp.journal.session(items[0]!.transactionId);
    expect(session.exchanges).toHaveLength(session.steps.length);
  });

  it('exports what a filter lets pass, and removes it', async () => {
    const { eid } = await download();
    await download();
    const file = await smdp.journal.export({ eid });
    expect(file).toMatchObject({ address: smdp.address });
    expect(file.exchanges).toHaveLength(4);
    expect(await smdp.journal.clear({ eid })).toBe(4);
    expect(await smdp.journal.clear()).toBe(4);
    expect((await smdp.journal.exchanges()).items).toEqual([]);
  });

  it('finds by EID and session what a fault has kept from being handled', async () => {
    await smdp.faults.add({ function: 'getBoundProfilePackage', httpStatus: 503, times: 1 });
    const { activationCode } = await smdp.profiles.create();
    const device = smdp.device();
    await expect(device.download(activationCode)).rejects.toThrow(/503/);
    const [session] = (await smdp.journal.sessions({ eid: device.eid })).items;
    expect(session!.steps.at(-1)).toMatchObject({ function: 'getBoundProfilePackage', result: 'HTTP 503' });
    const { items } = await smdp.journal.exchanges({ eid: device.eid, result: 'HTTP 503' });
    expect(items).toMatchObject([{ session: session!.transactionId, faults: [{ what: 'httpStatus 503' }] }]);
  });

  it('tells of exchanges and transitions that come after the call for them', async () => {
    await download();
    const events = smdp.journal.events();
    const { iccid } = await download();
    const seen: JournalEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.kind === 'exchange' && event.function === 'handleNotification') break;
    }
    expect(seen.every((event) => event.iccid === undefined || event.iccid === iccid)).toBe(true);
    const transitions = seen.flatMap((event) => (event.kind === 'profile' ? [event.to] : []));
    expect(transitions).toEqual(['Downloaded', 'Installed']);
  });

  it('tells of what is kept, and ends when it is told to', async () => {
    await download();
    const enough = new AbortController();
    let told = 0;
    for await (const { id } of smdp.journal.events({ since: 0, signal: enough.signal })) {
      told++;
      if (id === (await smdp.journal.mark())) enough.abort();
    }
    expect(told).toBe(6);
  });

  it('ends the events with the server', async () => {
    const own = await startMockSmdp();
    const events = own.journal.events();
    const ended = (async () => {
      for await (const event of events) expect(event).toBeUndefined();
      return true;
    })();
    await own.journal.mark();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await own.close();
    expect(await ended).toBe(true);
  });

  it('asks with the token where one is demanded', async () => {
    const guarded = await startMockSmdp({ adminToken: '0123456789abcdef' });
    const [first] = await firstOf(guarded);
    expect(first).toMatchObject({ kind: 'exchange', function: 'initiateAuthentication' });
    await guarded.close();
  });

  it('refuses a point that is none, to whoever iterates', async () => {
    const events = smdp.journal.events({ since: -1 });
    await expect(async () => {
      for await (const event of events) void event;
    }).rejects.toBeInstanceOf(ControlError);
  });
});

/** The first event of a server from which a device downloads. */
async function firstOf(smdp: MockSmdp): Promise<JournalEvent[]> {
  const events = smdp.journal.events();
  const { activationCode } = await smdp.profiles.create();
  await smdp.device().download(activationCode);
  for await (const event of events) return [event];
  return [];
}
