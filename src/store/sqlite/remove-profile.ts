import type { Connection } from './connection.js';

const remove = 'DELETE FROM profiles WHERE id = ? AND version = ?';

/** Removes the profile and all records about it. @returns whether the profile still had the version */
export const removeProfile = (connection: Connection, id: number, version: number): boolean =>
  connection.prepare(remove).run(id, version).changes === 1;
