import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.js';
import { SettableClock } from '../../src/base/settable-clock.js';
import { startPurging } from '../../src/server/purge.js';
import type { Store } from '../../src/store/index.js';

const day = 86_400_000;

it('judges the age of deliveries by the clock of the system, which times them, even if a tester has set the clock', () => {
  const purge = vi.fn<Store['purge']>().mockResolvedValue();
  const clock = new SettableClock(systemClock);
  const stop = startPurging(
    { purge } as Partial<Store> as Store,
    clock,
    pino({ level: 'silent' }, { write: () => undefined }),
  );
  const before = Date.now();
  clock.advance(100 * day);
  stop();
  const [now, systemNow] = purge.mock.lastCall!;
  expect(now).toBeGreaterThanOrEqual(before + 100 * day);
  expect(systemNow).toBeGreaterThanOrEqual(before);
  expect(systemNow).toBeLessThan(before + day);
});
