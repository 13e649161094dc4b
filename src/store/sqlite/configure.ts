import type { Database } from 'better-sqlite3';

/** Pages of the write-ahead log after which it is checkpointed, which costs a sync of the disk: 16 MiB. */
const checkpointPages = 4000;

/** Sets the connection up; waits up to `timeout` milliseconds where another process is about to do the same. */
export function configure(db: Database, timeout: number): void {
  useIncrementalVacuum(db);
  useWriteAheadLog(db, Date.now() + timeout);
  // A commit is with the operating system when it returns: a killed process loses nothing. A power cut or a crash of
  // the machine may lose the commits since the last checkpoint, never a part of one, and leaves the file sound.
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  // 16 MiB: with more, neither imports nor look-ups among a million EIDs in random order get quicker, the process only larger.
  db.pragma('cache_size = -16384');
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  // The log that an import leaves behind is cut back after its checkpoint.
  db.pragma('journal_size_limit = 67108864');
}

/** Octets of a file that is rewritten while the server starts: that takes about a second. */
const rewritable = 128 * 1024 * 1024;

const incremental = 2;

/**
 * Has the file shrink when rows are removed. A new file is made that way; one of an earlier version has to be rewritten for it.
 * That is left out where it would take long, or where another process has the file open: such a file stays as large as it was,
 * and what is free in it is used again.
 */
function useIncrementalVacuum(db: Database): void {
  if (pragma(db, 'auto_vacuum') === incremental) return;
  const size = pragma(db, 'page_count') * pragma(db, 'page_size');
  if (size > rewritable) return;
  db.pragma('auto_vacuum = INCREMENTAL');
  if (size === 0) return;
  try {
    db.exec('VACUUM');
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
}

const pragma = (db: Database, name: string): number => Number(db.pragma(name, { simple: true }));

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';

/** The switch is the one thing for which SQLite does not wait by itself until another process is done. */
function useWriteAheadLog(db: Database, deadline: number): void {
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
      sleep(10);
    }
  }
}

const sleep = (milliseconds: number): unknown =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
