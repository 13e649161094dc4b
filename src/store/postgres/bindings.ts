import type { Binding } from '../records.js';
import type { Store } from '../store.js';
import { bindingColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import type { Queries } from './queries.js';
import { insertion, values } from './table.js';

const select = `SELECT ${selection(bindingColumns)} FROM bindings WHERE profile_id = $1 AND eid = $2`;
const save = `${insertion('bindings', bindingColumns)}
  ON CONFLICT (profile_id, eid) DO UPDATE SET
    euicc_otpk = excluded.euicc_otpk, smdp_otsk = excluded.smdp_otsk, installed_at = excluded.installed_at`;
const install = 'UPDATE bindings SET installed_at = $1, smdp_otsk = NULL WHERE profile_id = $2 AND eid = $3';
const remove = 'DELETE FROM bindings WHERE profile_id = $1';

export const bindingReads = (connection: Connection): Pick<Store, 'binding'> => ({
  binding: (profileId, eid) => connection.first<Binding>(select, [profileId, eid]),
});

/** Saves the binding. Replaces an earlier binding of the same profile and eUICC. */
export async function saveBinding(queries: Queries, binding: Binding): Promise<void> {
  await queries.run(save, values(bindingColumns, binding));
}

/** Records the installation and deletes the private one-time key. */
export async function markInstalled(
  queries: Queries,
  profileId: number,
  eid: string,
  at: number,
): Promise<void> {
  await queries.run(install, [at, profileId, eid]);
}

export async function deleteBindings(queries: Queries, profileId: number): Promise<void> {
  await queries.run(remove, [profileId]);
}
