import Database from 'better-sqlite3';
import { DuplicateError } from '../errors.js';

/**
 * Converts an error of the engine to a DuplicateError if it says that one of these identifiers of a profile is taken.
 */
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
