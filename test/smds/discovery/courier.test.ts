import { describe, expect, it } from 'vitest';
import { event, TestEvents } from './support/fake-smds.js';

const otherEid = '89049032000000000000000000000002';

describe('an order that does not wait for its SM-DS', () => {
  it('is registered there', async () => {
    const events = await TestEvents.open();
    await events.commit('queueRegistration');
    await events.deliver();
    expect(await events.kept()).toBe('registered');
    await events.deliver(3600);
    expect(events.smds.calls).toEqual(['register A']);
  });

  it('is registered once the SM-DS can be reached', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = 'unreachable';
    await events.commit('queueRegistration');
    await events.deliver();
    for (let minute = 0; minute < 60; minute++) await events.deliver(60);
    expect(await events.kept()).toBe('pending, after 61, SM-DS is away');
    events.smds.conduct = 'takes';
    await events.deliver(60);
    expect(await events.kept()).toBe('registered');
    expect(events.log.lines).toEqual([
      'warn: the SM-DS cannot be reached; the server keeps trying to register events',
      'info: the SM-DS can be reached again',
    ]);
  });

  it('is registered where only the answer was lost', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = 'answerLost';
    await events.commit('queueRegistration');
    await events.deliver();
    events.smds.conduct = 'takes';
    await events.deliver(1);
    expect(await events.kept()).toBe('registered');
    expect(events.smds.calls).toEqual(['register A', 'register A', 'delete A', 'register A']);
  });

  it('has failed where the SM-DS has an event of the same name that is not ours', async () => {
    const events = await TestEvents.open();
    events.smds.events.set('A', otherEid);
    await events.commit('queueRegistration');
    await events.deliver();
    expect(await events.kept()).toBe('failed, after 1, the SM-DS answers with status 8.9.5/3.3');
    await events.deliver(3600);
    expect(events.smds.calls).toEqual(['register A']);
  });

  it('has failed where the SM-DS goes on refusing, after ten times', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = { status: '1.1/1.2' };
    await events.commit('queueRegistration');
    await events.deliver();
    for (let attempt = 2; attempt < 10; attempt++) await events.deliver(60);
    expect(await events.kept()).toMatch(/^pending, after 9/);
    await events.deliver(60);
    expect(await events.kept()).toMatch(/^failed, after 10/);
    expect(events.log.lines).toEqual([]);
  });

  it('that ends before the SM-DS was reached is forgotten', async () => {
    const events = await TestEvents.open();
    events.smds.conduct = 'unreachable';
    await events.commit('queueRegistration');
    await events.deliver();
    await events.commit('queueDeletion');
    expect(await events.kept()).toBeUndefined();
  });

  it('that ends while the SM-DS is called is deleted there', async () => {
    const events = await TestEvents.open();
    events.smds.meanwhile = async () => void (await events.commit('queueDeletion'));
    await events.commit('queueRegistration');
    await events.deliver();
    expect(events.smds.calls).toEqual(['register A', 'delete A']);
    expect(await events.kept()).toBeUndefined();
  });
});

describe('an order that has ended', () => {
  it.each<[string, (events: TestEvents) => void]>([
    ['knows it', ({ smds }) => void smds.events.set('A', event().eid)],
    ['does not know it any more', () => undefined],
  ])('is deleted at an SM-DS that %s', async (_, prepare) => {
    const events = await TestEvents.open();
    prepare(events);
    await events.commit('noteRegistered');
    await events.commit('queueDeletion');
    await events.deliver();
    expect(await events.kept()).toBeUndefined();
    expect(events.smds.events.size).toBe(0);
  });

  it('is deleted once the SM-DS can be reached', async () => {
    const events = await TestEvents.open();
    events.smds.events.set('A', event().eid);
    await events.commit('noteRegistered');
    await events.commit('queueDeletion');
    for (const conduct of ['unreachable', 'answerLost', 'takes'] as const) {
      events.smds.conduct = conduct;
      await events.deliver(60);
    }
    expect(await events.kept()).toBeUndefined();
    expect(events.smds.calls).toEqual(['delete A', 'delete A', 'delete A']);
  });

  it('and whose MatchingID is ordered anew for another device meanwhile, leads only that one here', async () => {
    const events = await TestEvents.open();
    events.smds.events.set('A', event().eid);
    await events.commit('noteRegistered');
    await events.commit('queueDeletion');
    await events.commit('queueRegistration', event({ eid: otherEid }));
    await events.deliver();
    expect([...events.smds.events]).toEqual([['A', otherEid]]);
    expect(await events.kept()).toBe('registered');
  });

  it('by its expiry is deleted, by the clock of the server', async () => {
    const events = await TestEvents.open();
    events.smds.events.set('A', event().eid);
    await events.commit('noteRegistered', event({ expiresAt: events.orderTime + 1 }));
    await events.deliver();
    expect(events.smds.events.size).toBe(1);
    events.orderTime += 1;
    await events.deliver();
    expect(events.smds.events.size).toBe(0);
  });
});
