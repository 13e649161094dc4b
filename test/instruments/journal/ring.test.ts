import { describe, expect, it } from 'vitest';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import { Journal } from '../../../src/instruments/journal/index.js';
import { RingBuffer } from '../../../src/instruments/journal/ring.js';

const item = (name: string, octets = 1, endedAt = 0) => ({ name, octets, endedAt });
const namesIn = (ring: RingBuffer<ReturnType<typeof item>>, now = 0): string[] =>
  ring.all(now).map(({ name }) => name);
const generous = { count: 100, octets: 100, age: 100 };

describe('a ring', () => {
  it.each([
    ['count', { ...generous, count: 2 }],
    ['octets', { ...generous, octets: 2 }],
  ])('drops the oldest beyond its limit of %s', (_limit, limits) => {
    const dropped: string[] = [];
    const ring = new RingBuffer<ReturnType<typeof item>>(limits, ({ name }) => dropped.push(name));
    for (const name of ['a', 'b', 'c', 'd']) ring.push(item(name));
    expect(namesIn(ring)).toEqual(['c', 'd']);
    expect(dropped).toEqual(['a', 'b']);
  });

  it('shows nothing that is too old', () => {
    const ring = new RingBuffer<ReturnType<typeof item>>(generous, () => undefined);
    ring.push(item('old', 1, 0));
    ring.push(item('new', 1, 60));
    expect(namesIn(ring, 110)).toEqual(['new']);
  });

  it('has room again after a removal', () => {
    const ring = new RingBuffer<ReturnType<typeof item>>({ ...generous, octets: 3 }, () => undefined);
    for (const name of ['a', 'b', 'c']) ring.push(item(name));
    expect(ring.remove(({ name }) => name === 'b')).toBe(1);
    ring.push(item('d'));
    expect(namesIn(ring)).toEqual(['a', 'c', 'd']);
  });

  it('keeps to its limit over many times its size', () => {
    const ring = new RingBuffer<ReturnType<typeof item>>(
      { ...generous, count: 3, octets: Infinity },
      () => undefined,
    );
    for (let number = 0; number < 10_000; number++) ring.push(item(String(number)));
    expect(namesIn(ring)).toEqual(['9997', '9998', '9999']);
  });
});

it('forgets sessions together with their last exchange', async () => {
  const journal = new Journal({ clock: { now: () => new Date(0) }, count: 2 });
  for (const transactionId of ['AA', 'BB', 'CC']) {
    const exchange = new Exchange('ES9+', 'cancelSession', [journal]);
    await exchange.learn({ transactionId });
    exchange.end({ status: 200, headers: {}, body: Buffer.alloc(0) });
  }
  expect([...journal.sessions].map(({ transactionId }) => transactionId)).toEqual(['BB', 'CC']);
  expect(journal.lastId).toBe(3);
});
