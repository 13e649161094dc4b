import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { epoch, onEvents, type LiveEvent } from './events.js';
import { asProblem, type CallProblem } from './problem.js';

interface Page<Row> {
  readonly items: readonly Row[];
  readonly next?: string;
}

/** Rows of one page. */
export const pageSize = 200;
/** Number of pages to keep before and after the visible pages. Other pages are fetched again when the user scrolls back. */
const keptPages = 10;

/** A list of any length, page by page. */
export interface Pages<Row> {
  /** Number of rows that are known so far. */
  readonly count: Signal<number>;
  /** Whether the last page has arrived. */
  readonly isComplete: Signal<boolean>;
  /** Whether the first page has not arrived yet. */
  readonly isLoading: Signal<boolean>;
  readonly problem: Signal<CallProblem | undefined>;
  readonly row: (index: number) => Row | undefined;
  /** Loads the visible rows, and near their end the next page. */
  readonly onView: (first: number, last: number) => void;
  readonly reload: () => void;
}

interface PagesOptions {
  /** Whether an event may have changed the list. */
  readonly concerns?: (event: LiveEvent) => boolean;
  /** Minimum milliseconds between two refreshes that events cause. */
  readonly atMostEvery?: number;
}

/**
 * Reads a list by cursors as the user scrolls. Only pages near the visible rows stay in memory, so a list of a million
 * rows needs no more memory than a short one.
 *
 * @param key identifies the list; a new key forgets all pages and starts with the first
 */
export function usePages<Row>(
  key: string,
  fetchPage: (cursor: string | undefined, limit: number, signal: AbortSignal) => Promise<Page<Row>>,
  { concerns, atMostEvery = 2_000 }: PagesOptions = {},
): Pages<Row> {
  const count = useSignal(0);
  const isComplete = useSignal(false);
  const isLoading = useSignal(true);
  const problem = useSignal<CallProblem | undefined>(undefined);
  const version = useSignal(0);
  const state = useRef<PageReader<Row> | undefined>(undefined);
  const latest = useRef({ fetchPage, concerns });
  latest.current = { fetchPage, concerns };

  useEffect(() => {
    const reader = new PageReader<Row>((...given) => latest.current.fetchPage(...given), {
      changed: (one) => {
        count.value = one.count;
        isComplete.value = one.isComplete;
        isLoading.value = false;
        problem.value = undefined;
        version.value++;
      },
      failed: (error) => {
        isLoading.value = false;
        problem.value = asProblem(error);
      },
    });
    state.current = reader;
    count.value = 0;
    isLoading.value = true;
    isComplete.value = false;
    reader.view(0, 1);
    let next: number | undefined;
    const end = onEvents((events) => {
      const { concerns: wanted } = latest.current;
      if (!wanted || !events.some(wanted)) return;
      next ??= window.setTimeout(() => {
        next = undefined;
        reader.refresh();
      }, atMostEvery);
    });
    return () => {
      window.clearTimeout(next);
      end();
      reader.end();
    };
  }, [key]);

  const first = useRef(epoch.peek());
  useSignalEffect(() => {
    if (epoch.value !== first.current) state.current?.refresh();
    first.current = epoch.value;
  });
  const onView = useCallback((from: number, to: number) => state.current?.view(from, to), []);
  void version.value;
  return {
    ...{ count, isComplete, isLoading, problem, onView },
    row: (index) => state.current?.row(index),
    reload: () => state.current?.refresh(),
  };
}

interface ReaderEvents<Row> {
  readonly changed: (reader: PageReader<Row>) => void;
  readonly failed: (error: unknown) => void;
}

type FetchPage<Row> = (cursor: string | undefined, limit: number, signal: AbortSignal) => Promise<Page<Row>>;

/** The pages of one list. Each page contains the cursor of the next page. */
class PageReader<Row> {
  readonly #cursors: (string | undefined)[] = [undefined];
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #ended = new AbortController();
  readonly #loading = new Set<number>();
  #lengthOfLast = 0;
  #first = 0;
  #last = 0;
  isComplete = false;

  constructor(
    private readonly fetchPage: FetchPage<Row>,
    private readonly events: ReaderEvents<Row>,
  ) {}

  /** The number of rows in the pages that are known. All pages except the last are full. */
  get count(): number {
    return (this.#cursors.length - 1) * pageSize + (this.isComplete ? this.#lengthOfLast : 0);
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  view(first: number, last: number): void {
    [this.#first, this.#last] = [Math.floor(first / pageSize), Math.floor((last + 40) / pageSize)];
    for (let page = this.#first; page <= this.#last; page++) {
      if (page < this.#cursors.length && !this.#pages.has(page)) void this.#load(page);
    }
    for (const page of this.#pages.keys()) {
      if (page < this.#first - keptPages || page > this.#last + keptPages) this.#pages.delete(page);
    }
  }

  /** Fetches the pages in view again, and forgets the others. */
  refresh(): void {
    for (const page of this.#pages.keys()) {
      if (page < this.#first || page > this.#last) this.#pages.delete(page);
    }
    const isAtStart = this.#first === 0;
    for (let page = this.#first; page <= Math.min(this.#last, this.#cursors.length - 1); page++)
      void this.#load(page, isAtStart && page === 0);
  }

  end(): void {
    this.#ended.abort();
  }

  async #load(page: number, isFirst = false): Promise<void> {
    if (this.#loading.has(page)) return;
    this.#loading.add(page);
    try {
      const { items, next } = await this.fetchPage(this.#cursors[page], pageSize, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      // New rows at the start move all other rows, so the pages that follow are read again.
      const isMoved = isFirst && next !== this.#cursors[1] && this.#cursors.length > 1;
      if (isMoved) {
        this.#cursors.length = 1;
        for (const other of this.#pages.keys()) if (other !== 0) this.#pages.delete(other);
        this.isComplete = false;
      }
      this.#pages.set(page, items);
      if (next === undefined) {
        this.#cursors.length = page + 1;
        this.#lengthOfLast = items.length;
        this.isComplete = true;
      } else if (this.#cursors.length === page + 1) {
        this.#cursors.push(next);
        this.isComplete = false;
      }
      this.events.changed(this);
    } catch (error) {
      if (!this.#ended.signal.aborted) this.events.failed(error);
    } finally {
      this.#loading.delete(page);
    }
    if (this.#last > page && this.#cursors.length === page + 2 && !this.#pages.has(page + 1))
      void this.#load(page + 1);
  }
}
