import type { Change } from '../store.js';
import { changeableColumns } from '../columns.js';
import { duplicate } from './duplicates.js';
import { withHistory } from './history.js';
import type { Queries } from './queries.js';
import { assignments } from './table.js';

/** Locks the profile, so that its version is the same when the transaction commits. */
const selectVersion = 'SELECT 1 FROM profiles WHERE id = $1 AND version = $2 FOR SHARE';

/** @returns whether the profile still has the version */
export const hasVersion = async (queries: Queries, id: number, version: number): Promise<boolean> =>
  (await queries.first(selectVersion, [id, version])) !== undefined;

const raised = ['version = version + 1', 'order_version = order_version + 1'];

type UpdateProfile = Extract<Change, { kind: 'updateProfile' }>;

/** Updates the profile. @returns whether it still had the version @throws DuplicateError for the MatchingID */
export async function updateProfile(queries: Queries, change: UpdateProfile): Promise<boolean> {
  const { id, version, set } = change;
  const history = [change.history ?? []].flat();
  const { sql, values } = assignments(changeableColumns, set, 3);
  const update = `
    UPDATE profiles SET ${[...raised, ...sql].join(', ')} WHERE id = $1 AND version = $2 RETURNING id, version`;
  const whole =
    history.length > 0 ? withHistory(update, history, 3 + values.length) : { sql: update, values: [] };
  try {
    return (await queries.first(whole.sql, [id, version, ...values, ...whole.values])) !== undefined;
  } catch (error) {
    throw duplicate(error, [{ matchingId: set.matchingId ?? null }]);
  }
}
