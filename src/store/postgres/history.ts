import type { HistoryEntry } from '../records.js';
import type { Store } from '../store.js';
import { historyColumns, selection } from '../columns.js';
import { changesKept } from '../limits.js';
import type { Connection } from './connection.js';

const members = Object.keys(historyColumns) as (keyof HistoryEntry)[];
const columns = Object.values<string>(historyColumns).join(', ');
const select = `SELECT ${selection(historyColumns)} FROM history WHERE profile_id = $1 ORDER BY version, position`;

type Row = { readonly [Member in keyof HistoryEntry]: HistoryEntry[Member] | null };

const toEntry = (row: Row): HistoryEntry =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as HistoryEntry;

/**
 * Adds history entries to a statement that changes a profile, and deletes the entries of changes beyond the limit.
 *
 * @param update the statement, which ends with `RETURNING id, version`
 * @param first number of the first free placeholder of `update` @returns a statement that returns the new version, and the values for its
 * additional placeholders
 */
export function withHistory(
  update: string,
  entries: readonly HistoryEntry[],
  first: number,
): { sql: string; values: unknown[] } {
  const arrays = members.map(
    (member, index) => `$${first + index}::${member === 'at' ? 'bigint' : 'text'}[]`,
  );
  const sql = `
    WITH changed AS (${update}), added AS (
      INSERT INTO history (profile_id, version, position, ${columns})
      SELECT changed.id, changed.version, entry.position - 1, ${columns.replaceAll(/\w+/g, 'entry.$&')}
      FROM changed CROSS JOIN unnest(${arrays.join(', ')}) WITH ORDINALITY AS entry (${columns}, position)
    ), removed AS (
      DELETE FROM history USING changed
      WHERE history.profile_id = changed.id AND history.version <= changed.version - ${changesKept}
    )
    SELECT version FROM changed`;
  return { sql, values: members.map((member) => entries.map((entry) => entry[member] ?? null)) };
}

export const historyReads = (connection: Connection): Pick<Store, 'history'> => ({
  history: async (profileId) => (await connection.all<Row>(select, [profileId])).map(toEntry),
});
