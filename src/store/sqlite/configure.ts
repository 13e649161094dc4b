import type { Database } from 'better-sqlite3';

/** Pages in the write-ahead log before a checkpoint (16 MiB). A checkpoint costs a sync of the disk. */
const checkpointPages = 4000;

/** Sets up the connection. Waits up to `timeout` milliseconds for another process that sets up the same file. */
export function configure(db: Database, timeout: number): void {
  useIncrementalVacuum(db);
  useWriteAheadLog(db, Date.now() + timeout);
  // When a commit returns, the operating system has its data. A killed process loses nothing. A power cut or a crash of the machine may
  // lose the commits since the last checkpoint, but never a part of a commit. The file stays intact.
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  // 16 MiB. A larger cache would take memory without making imports or random look-ups among a million EIDs faster.
  db.pragma('cache_size = -16384');
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  // Shrinks the log after the checkpoint of a large import.
  db.pragma('journal_size_limit = 67108864');
}

/** Largest file to rewrite during start-up, in octets. Rewriting it takes about a second. */
const rewritable = 128 * 1024 * 1024;

const incremental = 2;

/**
 * Lets the file shrink when rows are removed. A new file gets incremental vacuum at once. A file of an earlier version must be rewritten
 * for this. If that would take too long, or if another process has the file open, the file keeps its size and its free space is reused.
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

/** Switches the journal mode. Retries, because SQLite does not wait for other processes when it switches the mode. */
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
