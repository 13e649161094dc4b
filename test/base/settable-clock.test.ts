import { describe, expect, it } from 'vitest';
import { SettableClock } from '../../src/base/settable-clock.js';

const start = Date.UTC(2030, 5, 1);

function clocks() {
  let time = start;
  const clock = new SettableClock({ now: () => new Date(time) });
  return { clock, pass: (milliseconds: number) => void (time += milliseconds) };
}

describe('a settable clock', () => {
  it('shows the time of the one below until it is moved', () => {
    const { clock, pass } = clocks();
    pass(5);
    expect(clock.now()).toEqual(new Date(start + 5));
    expect(clock.ahead).toBe(0);
  });

  it('goes on from what it is set to', () => {
    const { clock, pass } = clocks();
    clock.set(new Date('2040-01-01T00:00:00Z'));
    pass(1000);
    expect(clock.now().toISOString()).toBe('2040-01-01T00:00:01.000Z');
    clock.advance(-2000);
    expect(clock.now().toISOString()).toBe('2039-12-31T23:59:59.000Z');
  });

  it('stands still while frozen, can be set then, and goes on from there', () => {
    const { clock, pass } = clocks();
    clock.freeze();
    pass(1000);
    clock.freeze();
    expect(clock.now()).toEqual(new Date(start));
    clock.advance(10);
    pass(1000);
    expect(clock.now()).toEqual(new Date(start + 10));
    clock.unfreeze();
    pass(1);
    expect(clock.isFrozen).toBe(false);
    expect(clock.now()).toEqual(new Date(start + 11));
  });

  it('goes back to the one below', () => {
    const { clock } = clocks();
    clock.advance(5000);
    clock.freeze();
    clock.reset();
    expect([clock.now(), clock.ahead, clock.isFrozen]).toEqual([new Date(start), 0, false]);
  });

  it.each([NaN, Infinity, Date.UTC(9999, 11, 31), -Date.UTC(2031, 0, 1)])(
    'can not be advanced by %d ms',
    (milliseconds) => {
      const { clock } = clocks();
      expect(() => clock.advance(milliseconds)).toThrow(RangeError);
      expect(clock.ahead).toBe(0);
    },
  );

  it('tells waiting callers that it was set', () => {
    const { clock } = clocks();
    const told: Date[] = [];
    const stop = clock.onMoved(() => told.push(clock.now()));
    clock.advance(1);
    clock.freeze();
    clock.reset();
    stop();
    clock.advance(2);
    expect(told).toEqual([new Date(start + 1), new Date(start)]);
  });
});
