import type { StoredProfileType } from '../records.js';
import type { Store } from '../store.js';
import { profileTypeColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { insertion, values } from './table.js';

const select = `SELECT ${selection(profileTypeColumns)} FROM profile_types`;
const save = `${insertion('profile_types', profileTypeColumns)}
  ON CONFLICT DO UPDATE SET
    definition = excluded.definition, upp = excluded.upp, updated_at = excluded.updated_at`;

type ProfileTypes = Pick<Store, 'profileTypes' | 'profileType' | 'saveProfileType' | 'deleteProfileType'>;

export const profileTypes = (connection: Connection): ProfileTypes => ({
  profileTypes: () =>
    connection.attempt(() => connection.prepare<StoredProfileType>(`${select} ORDER BY name`).all()),
  profileType: (name) =>
    connection.attempt(() => connection.prepare<StoredProfileType>(`${select} WHERE name = ?`).get(name)),
  saveProfileType: (type) =>
    connection.attempt(() => {
      connection.prepare(save).run(...values(profileTypeColumns, type));
    }),
  deleteProfileType: (name) =>
    connection.attempt(
      () => connection.prepare('DELETE FROM profile_types WHERE name = ?').run(name).changes === 1,
    ),
});
