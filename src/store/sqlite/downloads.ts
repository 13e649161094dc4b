import type { Download, SharedOrder } from '../records.js';
import type { Change, Store } from '../store.js';
import { changeableColumns, downloadColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { addHistory } from './history.js';
import { notInOpenBatch, profileSelection, toProfile, type ProfileRow } from './profile-columns.js';
import { assignments, insertion, values } from './table.js';

const selectOrder = `
  SELECT ${profileSelection}, order_version AS "orderVersion" FROM profiles WHERE id = ? AND ${notInOpenBatch}`;
const select = `SELECT ${selection(downloadColumns)} FROM downloads WHERE profile_id = ? AND eid = ?`;
const selectLatest = `
  SELECT ${selection(downloadColumns)} FROM downloads WHERE profile_id = ? ORDER BY updated_at DESC, eid LIMIT ?`;
const save = `${insertion('downloads', downloadColumns)}
  ON CONFLICT DO UPDATE SET
    version = excluded.version, updated_at = excluded.updated_at, state = excluded.state, error_status = excluded.error_status,
    bound_transaction_id = excluded.bound_transaction_id, installed_state = excluded.installed_state,
    installed_seq_number = excluded.installed_seq_number
  WHERE version = excluded.version - 1`;
const remove = 'DELETE FROM downloads WHERE profile_id = ?';
const selectOrderVersion = 'SELECT 1 FROM profiles WHERE id = ? AND order_version = ?';

type OrderRow = ProfileRow & Pick<SharedOrder, 'orderVersion'>;

export const downloadReads = (connection: Connection): Pick<Store, 'sharedOrder' | 'downloads'> => ({
  downloads: (profileId, limit) =>
    connection.attempt(() => connection.prepare<Download>(selectLatest).all(profileId, limit)),

  sharedOrder: (profileId, eid) =>
    connection.attempt(() =>
      connection.snapshot(() => {
        const row = connection.prepare<OrderRow>(selectOrder).get(profileId);
        if (!row) return undefined;
        const { orderVersion, ...profile } = row;
        const download = connection.prepare<Download>(select).get(profileId, eid);
        return { profile: toProfile(profile), orderVersion, download };
      }),
    ),
});

/**
 * Saves the download. @returns whether it was saved: it must be new, or the stored download must have the previous
 * version
 */
export const saveDownload = (connection: Connection, download: Download): boolean =>
  connection.prepare(save).run(...values(downloadColumns, download)).changes === 1;

export function deleteDownloads(connection: Connection, profileId: number): void {
  connection.prepare(remove).run(profileId);
}

type NoteDownload = Extract<Change, { kind: 'noteDownload' }>;

/** @returns whether the order still had the version `orderVersion` and, with `takesAttempt`, at least one attempt left */
export function noteDownload(connection: Connection, change: NoteDownload): boolean {
  const { id, orderVersion, set, takesAttempt, history = [] } = change;
  const { sql, values: assigned } = assignments(changeableColumns, set);
  if (sql.length === 0 && !takesAttempt && history.length === 0)
    return connection.prepare(selectOrderVersion).get(id, orderVersion) !== undefined;
  const attempt = takesAttempt ? ['download_attempts_left = download_attempts_left - 1'] : [];
  const condition = takesAttempt ? ' AND download_attempts_left > 0' : '';
  const update = `
    UPDATE profiles SET ${['version = version + 1', ...attempt, ...sql].join(', ')}
    WHERE id = ? AND order_version = ?${condition} RETURNING version`;
  const row = connection.prepare<{ version: number }>(update).get(...assigned, id, orderVersion);
  if (row) addHistory(connection, id, row.version, history);
  return row !== undefined;
}
