import type { Queries } from './queries.js';

const remove = 'DELETE FROM profiles WHERE id = $1 AND version = $2';

/** Removes the profile and all records about it. @returns whether the profile still had the version */
export const removeProfile = async (queries: Queries, id: number, version: number): Promise<boolean> =>
  (await queries.run(remove, [id, version])) === 1;
