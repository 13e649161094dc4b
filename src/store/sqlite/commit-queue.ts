import type { Change } from '../store.js';
import { commit } from './commit.js';
import type { Connection } from './connection.js';

/** A commit whose caller is waiting. */
interface WaitingCommit {
  readonly changes: readonly Change[];
  readonly settle: (done: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Collects the commits of one turn of the event loop, and writes them in one transaction at the end of the turn. Most
 * of the cost of a commit is writing pages to the log, and simultaneous requests often write the same pages. Each
 * commit still takes effect completely or not at all, in the order of the calls. A caller's promise resolves only when
 * its commit is in the log.
 */
export class CommitQueue {
  readonly #connection: Connection;
  #waiting: WaitingCommit[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** See `Store.commit`. */
  add(changes: readonly Change[]): Promise<boolean> {
    return new Promise((settle, fail) => {
      if (this.#waiting.push({ changes, settle, fail }) === 1)
        setImmediate(() => void this.#connection.attempt(() => this.flush()));
    });
  }

  /** Writes the waiting commits. */
  flush(): void {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    try {
      const settlements = this.#written(group);
      for (const settle of settlements) settle();
    } catch (error) {
      for (const { fail } of group) fail(error);
    }
  }

  /** Applies the commits. @returns functions that tell the callers the outcomes, to be called when the transaction has been written */
  #written(group: readonly WaitingCommit[]): readonly (() => void)[] {
    const connection = this.#connection;
    if (group.length === 1) return [outcomeOf(connection, group[0]!)];
    return connection.transaction(() => group.map((one) => outcomeOf(connection, one)));
  }
}

/**
 * Applies one commit. Within a group, each commit has its own savepoint, so that a failed commit does not undo the
 * others.
 */
function outcomeOf(connection: Connection, { changes, settle, fail }: WaitingCommit): () => void {
  const isPart = connection.inTransaction;
  try {
    const done = commit(connection, changes);
    return () => settle(done);
  } catch (error) {
    // On a full or broken disk, SQLite rolls back the whole transaction by itself.
    if (isPart && !connection.inTransaction) throw error;
    return () => fail(error);
  }
}
