import type { Change } from '../store.js';
import { changeableColumns } from '../columns.js';
import type { Connection } from './connection.js';
import { duplicate } from './duplicates.js';
import { addHistory } from './history.js';
import { assignments } from './table.js';

const selectVersion = 'SELECT 1 FROM profiles WHERE id = ? AND version = ?';

/** @returns whether the profile still has the version */
export const hasVersion = (connection: Connection, id: number, version: number): boolean =>
  connection.prepare(selectVersion).get(id, version) !== undefined;

const raised = ['version = version + 1', 'order_version = order_version + 1'];

type UpdateProfile = Extract<Change, { kind: 'updateProfile' }>;

/**
 * Updates the profile. @returns whether the profile still had the version @throws DuplicateError if the MatchingID is
 * taken
 */
export function updateProfile(connection: Connection, change: UpdateProfile): boolean {
  const { id, version, set, history = [] } = change;
  const { sql, values } = assignments(changeableColumns, set);
  const update = connection.prepare(
    `UPDATE profiles SET ${[...raised, ...sql].join(', ')} WHERE id = ? AND version = ?`,
  );
  try {
    if (update.run(...values, id, version).changes !== 1) return false;
  } catch (error) {
    throw duplicate(error, undefined, set.matchingId);
  }
  addHistory(connection, id, version + 1, [history].flat());
  return true;
}
