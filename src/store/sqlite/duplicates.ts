import Database from 'better-sqlite3';
import { DuplicateError } from '../errors.js';

/** If `error` says that one of these identifiers is taken, returns a DuplicateError. Otherwise returns `error`. */
export function duplicate(
  error: unknown,
  iccid: string | undefined,
  matchingId: string | null | undefined,
): unknown {
  if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_CONSTRAINT_UNIQUE') return error;
  if (error.message.includes('profiles_iccid')) return new DuplicateError('iccid', iccid ?? '');
  if (error.message.includes('profiles.matching_id'))
    return new DuplicateError('matchingId', matchingId ?? '');
  return error;
}
