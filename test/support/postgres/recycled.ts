import { dataTables, openPostgresStore } from '../../../src/store/postgres/index.js';
import type { Store } from '../../../src/store/index.js';
import { freshSchema, query } from './index.js';

/** Schemas that are empty again. To make one takes longer than most tests. */
const free: string[] = [];

/** A new database counts its profiles from 1. */
const restarts = [
  'profiles',
  'open_batches',
  'notifications',
  'callbacks',
  'event_records',
  'registrations',
  'fault_rules',
].map((table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), 1, false)`);

/** Opens an empty store on PostgreSQL, in a schema that no other test uses meanwhile. */
export async function openRecycled(): Promise<Store> {
  const address = free.pop() ?? (await freshSchema());
  const store = await openPostgresStore(address);
  let isClosed = false;
  return {
    ...store,
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const { name } of await store.snapshots()) await store.deleteSnapshot(name);
      await store.close();
      // Deleting profiles notes changes of their number.
      const tables = [
        ...dataTables,
        'profile_count_changes',
        'fault_rules',
        'fault_scenarios',
        'tester_settings',
        'journal',
      ];
      const statements = [...tables.map((table) => `DELETE FROM ${table}`), ...restarts];
      await query(address, statements.join(';\n'));
      free.push(address);
    },
  };
}
