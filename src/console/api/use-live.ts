import { batch, useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { epoch, onEvents, type LiveEvent } from './events.js';
import { asProblem, type CallProblem } from './problem.js';

/** Data of the server for a page: the newest answer, and the problem if the newest attempt failed. */
export interface Live<T> {
  readonly data: Signal<T | undefined>;
  readonly problem: Signal<CallProblem | undefined>;
  /** Fetches again now. */
  readonly reload: () => void;
  /** Fetches again now. Resolves when the answer is there or the fetch has failed. Never rejects. */
  readonly reloaded: () => Promise<void>;
}

interface LiveOptions {
  /** Whether an event may have changed the answer. Default: no event changes the answer. */
  readonly concerns?: (event: LiveEvent) => boolean;
  /** Minimum milliseconds between two fetches that events cause. */
  readonly atMostEvery?: number;
  /** Whether the user waits for the data. If `false` (default), slow answers make the page fetch less often. */
  readonly isUrgent?: boolean;
  /** Also fetches after this many milliseconds, for data whose changes cause no event. */
  readonly pollEvery?: number;
}

/**
 * Fetches data and keeps them up to date: fetches again after events that concern them, and after each reconnect.
 *
 * @param key identifies the data; a new key forgets the last answer and fetches again
 */
export function useLive<T>(
  key: string,
  fetcher: (signal: AbortSignal) => Promise<T>,
  { concerns, atMostEvery = 1_000, isUrgent = false, pollEvery }: LiveOptions = {},
): Live<T> {
  const data = useSignal<T | undefined>(undefined);
  const problem = useSignal<CallProblem | undefined>(undefined);
  const latest = useRef({ fetcher, concerns });
  latest.current = { fetcher, concerns };
  const run = useRef(() => Promise.resolve());

  useEffect(() => {
    const ended = new AbortController();
    let running: Promise<void> | undefined;
    let queued: Promise<void> | undefined;
    let isStale = false;
    let next: number | undefined;
    let notBefore = 0;
    const fetchOnce = async (): Promise<void> => {
      window.clearTimeout(next);
      next = undefined;
      isStale = false;
      const begun = performance.now();
      notBefore = begun + atMostEvery;
      try {
        const answer = await latest.current.fetcher(ended.signal);
        if (ended.signal.aborted) return;
        batch(() => {
          data.value = answer;
          problem.value = undefined;
        });
      } catch (error) {
        if (ended.signal.aborted) return;
        problem.value = asProblem(error);
      }
      // After a slow answer, waits longer before the next fetch, so that an open page costs the server little.
      if (!isUrgent) notBefore = Math.max(notBefore, begun + 20 * (performance.now() - begun));
    };
    const load = (): Promise<void> => {
      // The running fetch may have begun before the change that the caller wants to see.
      if (running)
        return (queued ??= running.then(() => {
          queued = undefined;
          return load();
        }));
      running = fetchOnce().then(() => {
        running = undefined;
        if (isStale) loadSoon();
      });
      return running;
    };
    const loadSoon = (): void => {
      if (running) return void (isStale = true);
      next ??= window.setTimeout(() => void load(), Math.max(notBefore - performance.now(), 0));
    };
    run.current = load;
    const every =
      pollEvery === undefined
        ? undefined
        : window.setInterval(() => !document.hidden && loadSoon(), pollEvery);
    data.value = undefined;
    problem.value = undefined;
    void load();
    const end = onEvents((events) => {
      const { concerns: wanted } = latest.current;
      if (wanted && events.some(wanted)) loadSoon();
    });
    return () => {
      ended.abort();
      window.clearTimeout(next);
      window.clearInterval(every);
      end();
    };
  }, [key]);

  const first = useRef(epoch.peek());
  useSignalEffect(() => {
    if (epoch.value !== first.current) void run.current();
    first.current = epoch.value;
  });
  return { data, problem, reload: () => void run.current(), reloaded: () => run.current() };
}
