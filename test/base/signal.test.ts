import { describe, expect, it } from 'vitest';
import { Signal } from '../../src/base/signal.js';

describe('a signal', () => {
  it('is remembered if it was raised before the wait', async () => {
    const signal = new Signal();
    signal.raise();
    await signal.raised;
    expect(signal.isRaised).toBe(true);
  });

  it('wakes whoever waits when it is raised, long before the time is over', async () => {
    const signal = new Signal();
    const woken = signal.raisedWithin(2 ** 30);
    signal.raise();
    await woken;
    expect(signal.isRaised).toBe(true);
  });

  it('lets the waiting end when it is not raised in time', async () => {
    const signal = new Signal();
    await signal.raisedWithin(1);
    expect(signal.isRaised).toBe(false);
  });

  it('is not raised any more after a reset', async () => {
    const signal = new Signal();
    signal.raise();
    signal.reset();
    await signal.raisedWithin(1);
    expect(signal.isRaised).toBe(false);
  });
});
