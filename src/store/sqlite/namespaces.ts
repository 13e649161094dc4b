import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { countInSlices } from './count-in-slices.js';

/** Jumps from each name to the next. This takes one look-up per name, whatever the number of profiles with the name. */
const names = `
  WITH RECURSIVE names (name) AS (
    SELECT min(namespace) FROM profiles WHERE namespace <> ''
    UNION ALL
    SELECT (SELECT min(namespace) FROM profiles WHERE namespace > names.name AND namespace <> '')
    FROM names WHERE names.name IS NOT NULL
  )
  SELECT name FROM names WHERE name IS NOT NULL`;
const ofNamespace = "namespace = ? AND namespace <> ''";

export const namespaceReads = (connection: Connection): Pick<Store, 'namespaces'> => ({
  namespaces: () =>
    connection.attempt(async () => {
      const counts = new Map<string, number>();
      for (const { name } of connection.prepare<{ name: string }>(names).all()) {
        const count = await countInSlices(connection, ofNamespace, name);
        if (count > 0) counts.set(name, count);
      }
      return counts;
    }),
});
