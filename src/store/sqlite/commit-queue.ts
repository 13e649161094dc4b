import type { Change } from '../store.js';
import { commit } from './commit.js';
import type { Connection } from './connection.js';

/** A commit that somebody waits for. */
interface WaitingCommit {
  readonly changes: readonly Change[];
  readonly settle: (done: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Commits that are asked for in one turn of the event loop, written in one transaction at its end: most of what a commit
 * costs are pages that go to the log, and requests that arrive together write many of the same ones. Each is still done
 * wholly or not at all, in the order in which they were asked for, and nobody hears of his before it is in the log.
 */
export class CommitQueue {
  readonly #connection: Connection;
  #waiting: WaitingCommit[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** As `Store.commit`. */
  add(changes: readonly Change[]): Promise<boolean> {
    return new Promise((settle, fail) => {
      if (this.#waiting.push({ changes, settle, fail }) === 1)
        setImmediate(() => void this.#connection.attempt(() => this.flush()));
    });
  }

  /** Writes what waits. */
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

  /** What to tell those who wait, once all is written. */
  #written(group: readonly WaitingCommit[]): readonly (() => void)[] {
    const connection = this.#connection;
    if (group.length === 1) return [outcomeOf(connection, group[0]!)];
    return connection.transaction(() => group.map((one) => outcomeOf(connection, one)));
  }
}

/** Inside a transaction, a commit is a savepoint: one that fails takes none of the others with it. */
function outcomeOf(connection: Connection, { changes, settle, fail }: WaitingCommit): () => void {
  const isPart = connection.inTransaction;
  try {
    const done = commit(connection, changes);
    return () => settle(done);
  } catch (error) {
    // Where the disk is full or broken, SQLite ends the transaction by itself, and nothing of it is done.
    if (isPart && !connection.inTransaction) throw error;
    return () => fail(error);
  }
}
