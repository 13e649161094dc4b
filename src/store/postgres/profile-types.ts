import type { StoredProfileType } from '../records.js';
import type { Store } from '../store.js';
import { profileTypeColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { insertion, values } from './table.js';

const select = `SELECT ${selection(profileTypeColumns)} FROM profile_types`;
const save = `${insertion('profile_types', profileTypeColumns)}
  ON CONFLICT (name) DO UPDATE SET
    definition = excluded.definition, upp = excluded.upp, updated_at = excluded.updated_at`;

type ProfileTypes = Pick<Store, 'profileTypes' | 'profileType' | 'saveProfileType' | 'deleteProfileType'>;

export const profileTypes = (connection: Connection): ProfileTypes => ({
  profileTypes: () => connection.all<StoredProfileType>(`${select} ORDER BY name`),
  profileType: (name) => connection.first<StoredProfileType>(`${select} WHERE name = $1`, [name]),
  saveProfileType: async (type) => {
    await connection.run(save, values(profileTypeColumns, type));
  },
  deleteProfileType: async (name) =>
    (await connection.change('DELETE FROM profile_types WHERE name = $1', [name])) === 1,
});
