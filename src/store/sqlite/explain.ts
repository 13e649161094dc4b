import Database from 'better-sqlite3';

import { StoreError, type StoreFailure, DuplicateError } from '../errors.js';

const advice: readonly (readonly [code: RegExp, failure: StoreFailure, advice: string])[] = [
  [/^SQLITE_NOTADB/, 'foreign', 'is not an SQLite database; name another file, or move this one away'],
  [
    /^SQLITE_CORRUPT/,
    'damaged',
    'is damaged; restore a copy, or move the file away to start with an empty database',
  ],
  [/^SQLITE_(READONLY|PERM)/, 'read-only', 'cannot be written; give this user write permission'],
  [/^SQLITE_(BUSY|LOCKED)/, 'locked', 'is locked by another process; wait for it or end it, then try again'],
  [/^SQLITE_FULL/, 'full', 'cannot grow; free some disk space'],
  [/^SQLITE_CANTOPEN/, 'unreachable', 'cannot be opened; check that the file and its folder can be written'],
  [/^(EACCES|EPERM|EROFS)/, 'read-only', 'cannot be written; give this user write permission there'],
  [/^EISDIR/, 'unsupported', 'is a folder; name a file in it'],
  [
    /^(ENOTDIR|EEXIST)/,
    'unsupported',
    'cannot be created, because a part of its path is a file; name another path',
  ],
  [/^ENOSPC/, 'full', 'cannot be created; free some disk space'],
  [/^E[A-Z0-9]+$/, 'unreachable', 'cannot be created or opened; name another path'],
];

/** Whether the native module is missing or was built for another version of Node. */
const isWithoutEngine = (error: unknown): boolean =>
  codeOf(error) === 'ERR_DLOPEN_FAILED' ||
  (error instanceof Error && error.message.startsWith('Could not locate the bindings file'));

const withoutEngine =
  `SQLite cannot be loaded: better-sqlite3 has no native module for Node ${process.versions.node} on ${process.platform}-${process.arch}. ` +
  "Run 'npm rebuild better-sqlite3' with this Node; if no prebuilt module exists for this platform, the command needs Python 3, make and a C++ compiler.";

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Converts an error that occurred in the database at `place` into the error for the caller of the store. */
export function explain(error: unknown, place: string): unknown {
  if (error instanceof StoreError || error instanceof DuplicateError) return error;
  if (isWithoutEngine(error)) return new StoreError('no-engine', withoutEngine, { cause: error });
  const code = codeOf(error);
  const row = advice.find(([pattern]) => pattern.test(code));
  if (row) return new StoreError(row[1], `The database ${place} ${row[2]} (${code})`, { cause: error });
  if (error instanceof Database.SqliteError)
    return new StoreError('failed', `The database ${place} failed: ${error.message} (${code})`, {
      cause: error,
    });
  return error;
}
