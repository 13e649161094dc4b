import { describe, expect, it } from 'vitest';
import { event, TestEvents } from './support/fake-smds.js';

const otherEid = '89049032000000000000000000000002';

/** Registers the event, and commits what has to be committed with the order. */
async function register(events: TestEvents, of = event()): Promise<void> {
  await events.store.commit(await events.registrar.register(of));
}

describe('an order that waits for its SM-DS', () => {
  it('is registered when it is committed, and stays so', async () => {
    const events = await TestEvents.open();
    await register(events);
    expect(await events.kept()).toBe('registered');
    await events.deliver(3600);
    expect(events.smds.calls).toEqual(['register A']);
  });

  it('that is not committed after all is deleted again', async () => {
    const events = await TestEvents.open();
    await events.registrar.register(event());
    await events.deliver(29);
    expect(events.smds.events.size).toBe(1);
    await events.deliver(1);
    expect(events.smds.events.size).toBe(0);
    expect(await events.kept()).toBeUndefined();
  });

  it('whose process is killed while the SM-DS is called is deleted again', async () => {
    const events = await TestEvents.open();
    await events.store.leaseRegistration(event(), events.now, events.now + 30_000);
    events.smds.events.set('A', event().eid);
    await events.deliver(29);
    expect(events.smds.events.size).toBe(1);
    await events.deliver(1);
    expect(events.smds.events.size).toBe(0);
  });

  it('is refused with what the SM-DS answers, and leaves nothing behind', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = { status: '8.9.5/3.3' };
    await expect(register(events)).rejects.toMatchObject({
      status: '8.9/4.2',
      message: 'SM-DS smds.example.com answered with status 8.9.5/3.3',
    });
    expect(await events.kept()).toBeUndefined();
    expect(events.smds.calls).toEqual(['register A']);
  });

  it('is refused where the SM-DS cannot be reached, which is told nothing later', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = 'unreachable';
    await expect(register(events)).rejects.toMatchObject({ status: '8.9/5.1' });
    await events.deliver(3600);
    expect(events.smds.calls).toEqual(['register A']);
  });

  it('is refused where the answer is lost; what the SM-DS may have is deleted', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = 'answerLost';
    await expect(register(events)).rejects.toMatchObject({ status: '8.9/5.1' });
    events.smds.conduct = 'takes';
    await events.deliver();
    expect(events.smds.events.size).toBe(0);
    expect(await events.kept()).toBeUndefined();
  });

  it('can be confirmed again at once after the answer was lost, also for another EID', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = 'answerLost';
    await expect(register(events)).rejects.toThrow();
    events.smds.conduct = 'takes';
    await register(events, event({ eid: otherEid }));
    await events.deliver(3600);
    expect([...events.smds.events]).toEqual([['A', otherEid]]);
    expect(await events.kept()).toBe('registered');
  });

  it('is registered once where it is registered already', async () => {
    const events = await TestEvents.open();
    await register(events);
    await register(events);
    expect(events.smds.calls).toEqual(['register A']);
  });

  it.each(['noteRegistered', 'queueRegistration'] as const)(
    'leaves the event of another order alone (%s)',
    async (kind) => {
      const events = await TestEvents.open();
      await events.commit(kind, event({ eid: otherEid }));
      const before = await events.store.registration(event());
      await expect(register(events)).rejects.toMatchObject({ status: '8.2.6/3.3' });
      expect(await events.store.registration(event())).toEqual(before);
      expect(events.smds.calls).toEqual([]);
    },
  );

  it('waits for another call about the same event', async () => {
    const events = await TestEvents.open();
    let second: Promise<void> | undefined;
    events.smds.meanwhile = async () => {
      second = register(events);
      await new Promise((resolve) => setImmediate(resolve));
      expect(events.smds.calls).toEqual(['register A']);
    };
    await register(events);
    await second;
    expect([...events.smds.events.keys()]).toEqual(['A']);
    expect(await events.kept()).toBe('registered');
  });
});
