import type { SharedSettings } from '../../across-instances.js';
import type { Connection } from '../connection.js';

const list = 'SELECT name, value FROM tester_settings';
const save = `
  INSERT INTO tester_settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

export const sharedSettings = (connection: Connection): SharedSettings => ({
  settings: async () => {
    const rows = await connection.all<{ name: string; value: string }>(list);
    return new Map(rows.map(({ name, value }) => [name, value]));
  },
  saveSetting: async (name, value) => {
    await connection.run(save, [name, value]);
  },
});
