import type { Download, Profile, SharedOrder } from '../records.js';
import type { Change, Store } from '../store.js';
import { changeableColumns, downloadColumns, profileColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { withHistory } from './history.js';
import { notInOpenBatch } from './profile-columns.js';
import type { Queries } from './queries.js';
import { assignments, insertion, values } from './table.js';

const members = (columns: object, table: string, prefix = ''): string =>
  Object.entries(columns)
    .map(([member, column]) => `${table}.${String(column)} AS "${prefix}${member}"`)
    .join(', ');

/** Prefix of the download's members in a row that also has the profile. */
const ofDownload = 'download.';
const selectOrder = `
  SELECT ${members(profileColumns, 'profiles')}, order_version AS "orderVersion", ${members(downloadColumns, 'downloads', ofDownload)}
  FROM profiles LEFT JOIN downloads ON downloads.profile_id = profiles.id AND downloads.eid = $2
  WHERE profiles.id = $1 AND ${notInOpenBatch}`;
const selectLatest = `
  SELECT ${selection(downloadColumns)} FROM downloads WHERE profile_id = $1 ORDER BY updated_at DESC, eid LIMIT $2`;
const save = `${insertion('downloads', downloadColumns)}
  ON CONFLICT (profile_id, eid) DO UPDATE SET
    version = excluded.version, updated_at = excluded.updated_at, state = excluded.state, error_status = excluded.error_status,
    bound_transaction_id = excluded.bound_transaction_id, installed_state = excluded.installed_state,
    installed_seq_number = excluded.installed_seq_number
  WHERE downloads.version = excluded.version - 1`;
const remove = 'DELETE FROM downloads WHERE profile_id = $1';
/** Locks the order, so that its version is the same when the transaction commits. */
const selectOrderVersion = 'SELECT 1 FROM profiles WHERE id = $1 AND order_version = $2 FOR SHARE';

export const downloadReads = (connection: Connection): Pick<Store, 'sharedOrder' | 'downloads'> => ({
  downloads: (profileId, limit) => connection.all<Download>(selectLatest, [profileId, limit]),
  sharedOrder: async (profileId, eid) => {
    const row = await connection.first<Record<string, unknown>>(selectOrder, [profileId, eid]);
    return row && toOrder(row);
  },
});

function toOrder({ orderVersion, ...row }: Record<string, unknown>): SharedOrder {
  const part = (isOfDownload: boolean): object =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name]) => name.startsWith(ofDownload) === isOfDownload)
        .map(([name, value]) => [isOfDownload ? name.slice(ofDownload.length) : name, value]),
    );
  return {
    profile: part(false) as Profile,
    orderVersion: orderVersion as number,
    download: row[`${ofDownload}profileId`] === null ? undefined : (part(true) as Download),
  };
}

/** Saves the download. @returns whether it was saved: it must be new, or the stored download must have the previous version */
export const saveDownload = async (queries: Queries, download: Download): Promise<boolean> =>
  (await queries.run(save, values(downloadColumns, download))) === 1;

export async function deleteDownloads(queries: Queries, profileId: number): Promise<void> {
  await queries.run(remove, [profileId]);
}

type NoteDownload = Extract<Change, { kind: 'noteDownload' }>;

/** @returns whether the order still had the version `orderVersion` and, with `takesAttempt`, at least one attempt left */
export async function noteDownload(queries: Queries, change: NoteDownload): Promise<boolean> {
  const { id, orderVersion, set, takesAttempt, history = [] } = change;
  const { sql, values: assigned } = assignments(changeableColumns, set, 3);
  if (sql.length === 0 && !takesAttempt && history.length === 0)
    return (await queries.first(selectOrderVersion, [id, orderVersion])) !== undefined;
  const attempt = takesAttempt ? ['download_attempts_left = download_attempts_left - 1'] : [];
  const condition = takesAttempt ? ' AND download_attempts_left > 0' : '';
  const update = `
    UPDATE profiles SET ${['version = version + 1', ...attempt, ...sql].join(', ')}
    WHERE id = $1 AND order_version = $2${condition} RETURNING id, version`;
  const whole = withHistory(update, history, 3 + assigned.length);
  return (await queries.first(whole.sql, [id, orderVersion, ...assigned, ...whole.values])) !== undefined;
}
