import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import { entryNamespace, type JournalEntry } from '../journal/index.js';
import { success } from '../journal/result.js';
import { Series, type Summary } from './series.js';

/** Maximum number of namespaces with counts of their own. */
const mostNamespaces = 500;

/** Reports the entries to count. */
interface Source {
  subscribeQuietly(listener: (entry: JournalEntry) => void): () => void;
}

/**
 * An entry that is reported more than this many milliseconds late counts for the time when it was made. A shared
 * journal may report an entry much later.
 */
const late = 1_000;

/**
 * Counts installations, failures and refusals of the last hour. Each entry is counted when the journal receives it, so the counts are
 * complete even if the journal has dropped entries.
 */
export class Statistics {
  readonly #all: Series;
  readonly #namespaces = new LeastRecentlyUsed<Series>(mostNamespaces);
  readonly #now: () => number;
  readonly #end: () => void;

  /**
   * @param now milliseconds of the machine's clock. A test may stop the server's clock, but a chart must show real time
   */
  constructor(source: Source, now: () => number = Date.now) {
    this.#now = now;
    this.#all = new Series(now());
    this.#end = source.subscribeQuietly((entry) => this.#count(entry));
  }

  /** The counts of a namespace, or of the whole server. */
  summary(minutes: number, namespace?: string): Summary {
    const series = namespace === undefined ? this.#all : this.#namespaces.get(namespace);
    return (series ?? new Series(this.#now())).summary(this.#now(), minutes);
  }

  /** Stops counting. */
  end(): void {
    this.#end();
  }

  #count(entry: JournalEntry): void {
    const event = eventIn(entry);
    if (event === undefined) return;
    const age = performance.now() - entry.endedAt;
    const now = this.#now() - (age > late ? age : 0);
    this.#all.add(now, event);
    const namespace = entryNamespace(entry);
    if (namespace === undefined) return;
    let own = this.#namespaces.get(namespace);
    if (!own) this.#namespaces.set(namespace, (own = new Series(now)));
    own.add(now, event);
  }
}

function eventIn(entry: JournalEntry) {
  if (entry.kind === 'exchange') return entry.result === success ? undefined : { refused: entry.result };
  if (entry.kind === 'device') return undefined;
  const { to } = entry.transition;
  if (to === 'Installed') return 'installed';
  return to === 'Error' ? 'failed' : undefined;
}
