import Type from 'typebox';
import { Signal } from '../../base/signal.js';
import type { JournalEntry, JournalView, MatchingExchanges } from '../../instruments/journal/index.js';
import { Problem } from '../http/problem.js';

/** `timeout`, in queries and bodies. */
export const timeoutMember = Type.Optional(
  Type.Number({ minimum: 0, maximum: 300, description: 'a number of seconds, at most 300' }),
);

export interface WaitOptions {
  /** What may bring news. */
  readonly journal: Pick<JournalView, 'subscribe' | 'onRemoval'> | Pick<MatchingExchanges, 'onChange'>;
  /** Milliseconds, by the clock on the wall: the server's own may stand still. */
  readonly timeout: number;
  /** Ends the waiting: the server stops, or nobody waits any more. */
  readonly signal: AbortSignal;
  /** Which news may make a difference. Default: all. */
  readonly concerns?: ((entry: JournalEntry) => boolean) | undefined;
}

/** How often there is a look without any news: another process may use the same database. */
const interval = 1_000;

/** News that come thick and fast are looked at together, this often at most. */
const leastPause = 10;

/**
 * Waits until `look` finds something.
 *
 * @returns what it has found; `undefined` when the time is over
 * @throws Problem 503 when the waiting was ended: what was not found by then may have come later
 */
export async function waitUntil<T>(
  { journal, timeout, signal, concerns = () => true }: WaitOptions,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const end = performance.now() + timeout;
  const news = new Signal();
  const raise = (): void => news.raise();
  const unsubscribe =
    'onChange' in journal
      ? [journal.onChange(raise)]
      : [journal.subscribe((entry) => concerns(entry) && raise()), journal.onRemoval(raise)];
  signal.addEventListener('abort', raise);
  try {
    for (;;) {
      const found = await look();
      const left = end - performance.now();
      if (found !== undefined || left <= 0) return found;
      if (signal.aborted)
        throw new Problem(503, 'the server is being stopped, before the time to wait was over');
      await news.raisedWithin(Math.min(left, interval));
      news.reset();
      if (!signal.aborted) await pause(Math.min(left, leastPause));
    }
  } finally {
    for (const end of unsubscribe) end();
    signal.removeEventListener('abort', raise);
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
