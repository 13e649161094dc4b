import { isPostgres, refuseScheme } from './open.js';
import type { SchemaStatus } from './schema-status.js';

/**
 * Reads the schema version of the database. Changes nothing.
 *
 * @param database as in the setting `SMDP_DATABASE`
 * @throws StoreError `newer` or `foreign` if this build cannot use the database, other reasons if the database cannot be reached
 */
export async function schemaStatus(database: string): Promise<SchemaStatus> {
  const { readSchema } = await schemaEngine(database);
  return readSchema(database);
}

/**
 * Migrates the database to the schema of this build. Creates a missing database. Several processes may call this at the same time:
 * one of them does the work, and the others wait.
 *
 * @returns the schema as it was before this call changed it
 * @throws StoreError
 */
export async function migrateDatabase(database: string): Promise<SchemaStatus> {
  const { bringToCurrent } = await schemaEngine(database);
  return bringToCurrent(database);
}

interface SchemaEngine {
  readonly readSchema: (database: string) => SchemaStatus | Promise<SchemaStatus>;
  readonly bringToCurrent: (database: string) => SchemaStatus | Promise<SchemaStatus>;
}

function schemaEngine(database: string): Promise<SchemaEngine> {
  refuseScheme(database);
  return isPostgres(database) ? import('./postgres/schema.js') : import('./sqlite/schema.js');
}
