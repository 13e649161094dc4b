import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { countVisible } from './count-visible.js';

/** Jumps from each name to the next, with one look-up per name, however many profiles share it. */
const names = `
  WITH RECURSIVE names (name) AS (
    SELECT min(namespace) FROM profiles WHERE namespace <> ''
    UNION ALL
    SELECT (SELECT min(namespace) FROM profiles WHERE namespace > names.name AND namespace <> '')
    FROM names WHERE names.name IS NOT NULL
  )
  SELECT name FROM names WHERE name IS NOT NULL`;
const ofNamespace = "namespace = $1 AND namespace <> ''";

export const namespaceReads = (connection: Connection): Pick<Store, 'namespaces'> => ({
  namespaces: async () => {
    const counts = new Map<string, number>();
    for (const { name } of await connection.all<{ name: string }>(names)) {
      const count = await countVisible(connection, ofNamespace, [name]);
      if (count > 0) counts.set(name, count);
    }
    return counts;
  },
});
