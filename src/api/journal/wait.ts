import Type from 'typebox';
import { Signal } from '../../base/signal.js';
import type { JournalEntry, JournalView, MatchingExchanges } from '../../instruments/journal/index.js';
import { Problem } from '../http/problem.js';

/** Member `timeout` of queries and bodies. */
export const timeoutMember = Type.Optional(
  Type.Number({ minimum: 0, maximum: 300, description: 'a number of seconds, at most 300' }),
);

export interface WaitOptions {
  /** Reports changes. After each change, `look` is called again. */
  readonly journal: Pick<JournalView, 'onChange'> | Pick<MatchingExchanges, 'onChange'>;
  /** Milliseconds of real time, because the server's own clock may be frozen. */
  readonly timeout: number;
  /** Aborted when the server stops or the client has gone. */
  readonly signal: AbortSignal;
  /** Selects the entries that can change the result. Default: all. */
  readonly concerns?: ((entry: JournalEntry) => boolean) | undefined;
}

/**
 * Milliseconds between calls of `look` if no change is reported, because another process may have changed the database.
 */
const interval = 1_000;

/** Minimum milliseconds between two calls of `look`, so that one call serves many changes. */
const leastPause = 10;

/**
 * Waits until `look` finds something.
 *
 * @returns what `look` found; `undefined` after the timeout
 * @throws Problem 503 if the wait is aborted, because the result may still come
 */
export async function waitUntil<T>(
  { journal, timeout, signal, concerns = () => true }: WaitOptions,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const end = performance.now() + timeout;
  const news = new Signal();
  const raise = (): void => news.raise();
  const unsubscribe = journal.onChange(raise, concerns);
  signal.addEventListener('abort', raise);
  try {
    for (;;) {
      const found = await look();
      const left = end - performance.now();
      if (found !== undefined || left <= 0) return found;
      if (signal.aborted) throw new Problem(503, 'the server is stopping before the waiting time has passed');
      await news.raisedWithin(Math.min(left, interval));
      news.reset();
      if (!signal.aborted) await pause(Math.min(left, leastPause));
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', raise);
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
