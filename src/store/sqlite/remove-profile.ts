import type { Connection } from './connection.js';

const remove = 'DELETE FROM profiles WHERE id = ? AND version = ?';

/** Whether the profile still had the version; only then it is removed, with everything that was kept about it. */
export const removeProfile = (connection: Connection, id: number, version: number): boolean =>
  connection.prepare(remove).run(id, version).changes === 1;
