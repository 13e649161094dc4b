import type { Binding } from '../records.js';
import type { Store } from '../store.js';
import { bindingColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { insertion, values } from './table.js';

const select = `SELECT ${selection(bindingColumns)} FROM bindings WHERE profile_id = ? AND eid = ?`;
const save = `${insertion('bindings', bindingColumns)}
  ON CONFLICT DO UPDATE SET
    euicc_otpk = excluded.euicc_otpk, smdp_otsk = excluded.smdp_otsk, installed_at = excluded.installed_at`;
const install = 'UPDATE bindings SET installed_at = ?, smdp_otsk = NULL WHERE profile_id = ? AND eid = ?';
const remove = 'DELETE FROM bindings WHERE profile_id = ?';

export const bindingReads = (connection: Connection): Pick<Store, 'binding'> => ({
  binding: (profileId, eid) =>
    connection.attempt(() => connection.prepare<Binding>(select).get(profileId, eid)),
});

/** Saves the binding. Replaces an earlier binding of the same profile and eUICC. */
export function saveBinding(connection: Connection, binding: Binding): void {
  connection.prepare(save).run(...values(bindingColumns, binding));
}

/** Records the installation and deletes the private one-time key. */
export function markInstalled(connection: Connection, profileId: number, eid: string, at: number): void {
  connection.prepare(install).run(at, profileId, eid);
}

export function deleteBindings(connection: Connection, profileId: number): void {
  connection.prepare(remove).run(profileId);
}
