import { dataTables, openPostgresStore } from '../../../src/store/postgres/index.js';
import type { Store } from '../../../src/store/index.js';
import { freshSchema, query } from './index.js';

/** Schemas that are empty again. To make one takes longer than most tests. */
const free: string[] = [];

/** Opens an empty store on PostgreSQL, in a schema that no other test uses meanwhile. */
export async function openRecycled(): Promise<Store> {
  const address = free.pop() ?? (await freshSchema());
  const store = await openPostgresStore(address);
  return {
    ...store,
    async close() {
      for (const { name } of await store.snapshots()) await store.deleteSnapshot(name);
      // Deleting profiles notes changes of their number.
      const tables = [...dataTables, 'profile_count_changes'];
      await query(address, tables.map((table) => `DELETE FROM ${table};`).join('\n'));
      await store.close();
      free.push(address);
    },
  };
}
