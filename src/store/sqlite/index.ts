import { resolve } from 'node:path';
import type { Store } from '../store.js';
import { batches } from './batches.js';
import { bindingReads } from './bindings.js';
import { callbacks, callbackQueue } from './callbacks.js';
import { callReads } from './calls.js';
import { commit } from './commit.js';
import { CommitQueue } from './commit-queue.js';
import { Connection, type SqliteOptions } from './connection.js';
import { createProfiles } from './create-profiles.js';
import { downloadReads } from './downloads.js';
import { eventRecords } from './event-records.js';
import { historyReads } from './history.js';
import { listProfiles } from './list-profiles.js';
import { notificationReads } from './notifications.js';
import { namespaceReads } from './namespaces.js';
import { numbers } from './numbers.js';
import { operators } from './operators.js';
import { profileTypes } from './profile-types.js';
import { pools } from './pools.js';
import { profileReads } from './profiles.js';
import { endRegistrationLeases, registrations } from './registrations.js';
import { purge } from './purge.js';
import { sessionReads } from './sessions.js';
import { underWayReads } from './under-way.js';
import { deliveryQueue, webhooks } from './webhooks.js';
import { SnapshotFiles } from './snapshot-files.js';
import { resetAndSnapshots } from './snapshots.js';

export type { SqliteOptions } from './connection.js';

/**
 * Opens the SQLite file `path`, and creates the file if it is missing. `:memory:` opens an empty database in memory.
 * Any number of processes may open the same file.
 *
 * @throws StoreError
 */
export async function openSqliteStore(path: string, options: SqliteOptions = {}): Promise<Store> {
  return sqliteStore(Connection.open(path, options));
}

/** Builds the store on an open connection. */
export function sqliteStore(connection: Connection): Store {
  const { place } = connection;
  const snapshots = new SnapshotFiles(place);
  const queue = new CommitQueue(connection);
  return {
    description: place === ':memory:' ? 'SQLite in memory' : `SQLite in ${resolve(place)}`,
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
    ...resetAndSnapshots(connection, snapshots),
    ...registrations(connection),
    ...webhooks(connection),
    createProfiles: (profiles, along = []) =>
      connection.attempt(() =>
        connection.transaction(() => {
          const made = createProfiles(connection, profiles);
          if (along.length > 0) commit(connection, along);
          return made;
        }),
      ),
    listProfiles: (filter, page) => connection.attempt(() => listProfiles(connection, filter, page)),
    commit: (changes) => connection.attempt(() => queue.add(changes)),
    endLeases: () =>
      connection.attempt(() =>
        connection.transaction(() => {
          callbackQueue.endLeases(connection);
          endRegistrationLeases(connection);
          deliveryQueue.endLeases(connection);
        }),
      ),
    purge: (now, systemNow) => purge(connection, now, systemNow),
    ping: () => connection.attemptNow(() => connection.probe()),
    close: () =>
      connection.attempt(() => {
        queue.flush();
        snapshots.close();
        connection.close();
      }),
  };
}
