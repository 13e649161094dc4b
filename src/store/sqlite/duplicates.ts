import Database from 'better-sqlite3';
import { DuplicateError } from '../errors.js';

/** Converts `error`, raised while writing a profile with these identifiers, to a DuplicateError if it is one. */
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
