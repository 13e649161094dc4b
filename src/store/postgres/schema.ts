import type { SchemaStatus } from '../schema-status.js';
import { withConnection, type Connection } from './connection.js';
import { migrate, readVersion } from './migrate.js';
import { migrations } from './migrations/index.js';
import { placeOf } from './place.js';

const current = migrations.length;

/** The schema version of the database `url`. @throws StoreError */
export const readSchema = (url: string): Promise<SchemaStatus> => statusOf(url, readVersion);

/**
 * Creates or migrates the tables of the database `url`. Refuses tables of a newer version even if a server of this build could use
 * them, because they cannot be migrated back.
 *
 * @returns the schema version before the call @throws StoreError
 */
export const bringToCurrent = (url: string): Promise<SchemaStatus> =>
  statusOf(url, async (connection) => {
    await readVersion(connection);
    return current - (await migrate(connection));
  });

const statusOf = (url: string, work: (connection: Connection) => Promise<number>): Promise<SchemaStatus> =>
  withConnection(placeOf(url), async (connection) => ({
    description: `PostgreSQL at ${connection.place.name}`,
    version: await work(connection),
    current,
  }));
