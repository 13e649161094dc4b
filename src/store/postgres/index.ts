import type { Store } from '../store.js';
import { batches } from './batches.js';
import { bindingReads } from './bindings.js';
import { callbacks } from './callbacks.js';
import { callReads } from './calls.js';
import { applyAll, commit } from './commit.js';
import { Connection } from './connection.js';
import { allOf } from './queries.js';
import { createProfiles } from './create-profiles.js';
import { downloadReads } from './downloads.js';
import { eventRecords } from './event-records.js';
import { historyReads } from './history.js';
import { listProfiles } from './list-profiles.js';
import { migrate } from './migrate.js';
import { notificationReads } from './notifications.js';
import { namespaceReads } from './namespaces.js';
import { numbers } from './numbers.js';
import { operators } from './operators.js';
import { placeOf } from './place.js';
import { profileTypes } from './profile-types.js';
import { pools } from './pools.js';
import { profileReads } from './profiles.js';
import { registrations } from './registrations.js';
import { purge } from './purge.js';
import { sessionReads } from './sessions.js';
import { sharedState } from './shared/index.js';
import { underWayReads } from './under-way.js';
import { webhooks } from './webhooks.js';
import { resetAndSnapshots } from './snapshots.js';

export { dataTables } from './data-tables.js';

/**
 * Opens the PostgreSQL database `url`, and creates or migrates its tables. Any number of processes on any number of machines may open the
 * same database.
 *
 * @throws StoreError
 */
export async function openPostgresStore(url: string): Promise<Store> {
  const connection = Connection.open(placeOf(url));
  try {
    await migrate(connection);
    return postgresStore(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Builds the store on an open connection. */
export const postgresStore = (connection: Connection): Store => ({
  description: `PostgreSQL at ${connection.place.name}`,
  ...profileReads(connection),
  ...historyReads(connection),
  ...sessionReads(connection),
  ...underWayReads(connection),
  ...bindingReads(connection),
  ...downloadReads(connection),
  ...notificationReads(connection),
  ...callReads(connection),
  ...operators(connection),
  ...profileTypes(connection),
  ...namespaceReads(connection),
  ...numbers(connection),
  ...batches(connection),
  ...pools(connection),
  ...callbacks(connection),
  ...eventRecords(connection),
  ...resetAndSnapshots(connection),
  ...registrations(connection),
  ...webhooks(connection),
  createProfiles: (profiles, along = []) =>
    connection.transaction(async (queries) => {
      const [made] = await allOf([createProfiles(queries, profiles), applyAll(queries, along)]);
      return made;
    }),
  listProfiles: (filter, page) => listProfiles(connection, filter, page),
  commit: (changes) => commit(connection, changes),
  // Does nothing: other running instances have valid leases. The first instance that joins ends the leases of killed instances.
  endLeases: () => connection.attempt(() => Promise.resolve()),
  purge: (now, systemNow) => purge(connection, now, systemNow),
  shared: sharedState(connection),
  ping: () => connection.probe(),
  close: () => connection.close(),
});
