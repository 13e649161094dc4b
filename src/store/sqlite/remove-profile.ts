import type { Connection } from './connection.js';

const remove = 'DELETE FROM profiles WHERE id = ? AND version = ?';

/** Removes the profile with all its records if it still has this version. @returns whether it was removed */
export const removeProfile = (connection: Connection, id: number, version: number): boolean =>
  connection.prepare(remove).run(id, version).changes === 1;
