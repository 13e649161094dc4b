import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import { entryNamespace, type JournalEntry } from '../journal/index.js';
import { success } from '../journal/result.js';
import { Series, type Summary } from './series.js';

/** Most namespaces that are counted apart. */
const mostNamespaces = 500;

/** What the counts are taken from. */
interface Source {
  subscribe(listener: (entry: JournalEntry) => void): () => void;
}

/**
 * Counts installations, failures and refusals of the last hour. It counts each entry of the journal as it is made, so the counts
 * are complete even if the journal keeps fewer entries.
 */
export class Statistics {
  readonly #all: Series;
  readonly #namespaces = new LeastRecentlyUsed<Series>(mostNamespaces);
  readonly #now: () => number;
  readonly #end: () => void;

  /** @param now milliseconds of the machine's clock: a chart shows time as it passes, even if a test stops the server's clock */
  constructor(source: Source, now: () => number = Date.now) {
    this.#now = now;
    this.#all = new Series(now());
    this.#end = source.subscribe((entry) => this.#count(entry));
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
    const now = this.#now();
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
