import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitUntil } from '../../../src/api/journal/wait.js';
import { Journal } from '../../../src/instruments/journal/index.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it.each([
  ['a profile is removed', (journal: Journal) => journal.removed()],
  ['the journal is cleared', (journal: Journal) => journal.remove()],
])('looks again at once when %s', async (_what, happens) => {
  const journal = new Journal({ clock: { now: () => new Date() }, count: 10 });
  const look = vi.fn(() => undefined);
  const waiting = new AbortController();
  const { signal } = waiting;
  const end = waitUntil({ journal, timeout: 60_000, signal, concerns: () => false }, look);
  await vi.advanceTimersByTimeAsync(20);
  expect(look).toHaveBeenCalledTimes(1);
  happens(journal);
  await vi.advanceTimersByTimeAsync(20);
  expect(look).toHaveBeenCalledTimes(2);
  waiting.abort();
  await expect(end).rejects.toMatchObject({ status: 503 });
  const looks = look.mock.calls.length;
  journal.removed();
  expect(look).toHaveBeenCalledTimes(looks);
});
