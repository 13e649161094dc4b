import type { Database } from 'better-sqlite3';

/** Pages of the write-ahead log after which it is checkpointed, which costs a sync of the disk: 16 MiB. */
const checkpointPages = 4000;

/** Sets the connection up; waits up to `timeout` milliseconds where another process is about to do the same. */
export function configure(db: Database, timeout: number): void {
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

/** The switch is the one thing for which SQLite does not wait by itself until another process is done. */
function useWriteAheadLog(db: Database, deadline: number): void {
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
      if (!busy || Date.now() >= deadline) throw error;
      sleep(10);
    }
  }
}

const sleep = (milliseconds: number): unknown =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
