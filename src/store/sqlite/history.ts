import type { HistoryEntry } from '../records.js';
import type { Store } from '../store.js';
import { historyColumns, selection, type Columns } from '../columns.js';
import { changesKept } from '../limits.js';
import type { Connection } from './connection.js';
import { insertion, values } from './table.js';

interface HistoryPosition {
  readonly profileId: number;
  readonly version: number;
  readonly position: number;
}
const place: Columns<HistoryPosition> = { profileId: 'profile_id', version: 'version', position: 'position' };

const insert = insertion<HistoryPosition & HistoryEntry>('history', { ...place, ...historyColumns });
const removeOld = 'DELETE FROM history WHERE profile_id = ? AND version <= ?';
const select = `SELECT ${selection(historyColumns)} FROM history WHERE profile_id = ? ORDER BY version, position`;

type Row = { readonly [Member in keyof HistoryEntry]: HistoryEntry[Member] | null };

const toEntry = (row: Row): HistoryEntry =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as HistoryEntry;

/**
 * Adds the history entries of the change that gave the profile this `version`. Deletes the entries of changes beyond
 * the limit.
 */
export function addHistory(
  connection: Connection,
  profileId: number,
  version: number,
  entries: readonly HistoryEntry[],
): void {
  entries.forEach((entry, position) =>
    connection.prepare(insert).run(profileId, version, position, ...values(historyColumns, entry)),
  );
  if (version > changesKept) connection.prepare(removeOld).run(profileId, version - changesKept);
}

export const historyReads = (connection: Connection): Pick<Store, 'history'> => ({
  history: (profileId) =>
    connection.attempt(() => connection.prepare<Row>(select).all(profileId).map(toEntry)),
});
