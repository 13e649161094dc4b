import type { HistoryEntry } from '../records.js';
import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { insertion, selection, values, type Columns } from './table.js';

const columns: Columns<HistoryEntry> = {
  at: 'at',
  trigger: 'trigger_name',
  from: 'from_state',
  to: 'to_state',
  status: 'status',
  cause: 'cause',
  eid: 'eid',
  transactionId: 'transaction_id',
  functionCallIdentifier: 'function_call_identifier',
};

interface HistoryPosition {
  readonly profileId: number;
  readonly version: number;
  readonly position: number;
}
const place: Columns<HistoryPosition> = { profileId: 'profile_id', version: 'version', position: 'position' };

/** Number of a profile's latest changes whose history entries are kept. */
export const changesKept = 1000;

const insert = insertion<HistoryPosition & HistoryEntry>('history', { ...place, ...columns });
const removeOld = 'DELETE FROM history WHERE profile_id = ? AND version <= ?';
const select = `SELECT ${selection(columns)} FROM history WHERE profile_id = ? ORDER BY version, position`;

type Row = { readonly [Member in keyof HistoryEntry]: HistoryEntry[Member] | null };

const toEntry = (row: Row): HistoryEntry =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as HistoryEntry;

/** Adds the history entries of the change that raised the profile to `version`. Deletes entries of much older changes. */
export function addHistory(
  connection: Connection,
  profileId: number,
  version: number,
  entries: readonly HistoryEntry[],
): void {
  entries.forEach((entry, position) =>
    connection.prepare(insert).run(profileId, version, position, ...values(columns, entry)),
  );
  if (version > changesKept) connection.prepare(removeOld).run(profileId, version - changesKept);
}

export const historyReads = (connection: Connection): Pick<Store, 'history'> => ({
  history: (profileId) =>
    connection.attempt(() => connection.prepare<Row>(select).all(profileId).map(toEntry)),
});
