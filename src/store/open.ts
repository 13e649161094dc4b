import { StoreError } from './errors.js';
import { openSqliteStore } from './sqlite/index.js';
import type { Store } from './store.js';

const schemeOf = (database: string): string | undefined =>
  /^([a-z][a-z0-9+.-]*):\/\//i.exec(database)?.[1]?.toLowerCase();

/** Whether the setting `SMDP_DATABASE` is the address of a PostgreSQL server, instead of a file. */
export const isPostgres = (database: string): boolean => /^postgres(ql)?$/.test(schemeOf(database) ?? '');

/** The setting `SMDP_DATABASE` without the password of an address, so that it may be shown. */
export const withoutPassword = (database: string): string =>
  schemeOf(database) === undefined
    ? database
    : database
        .replace(/^([^:]+:\/\/[^:@/?#]*):.*@/, '$1:***@')
        .replaceAll(/([?&]password=)[^&#]*/gi, '$1***');

/**
 * Opens the store named by the setting `SMDP_DATABASE`: the path of an SQLite file, `:memory:`, or `postgres://…`.
 * Creates a missing file with its folder. Creates missing tables in a PostgreSQL database.
 *
 * @throws StoreError with a message for the user
 */
export async function openStore(database: string): Promise<Store> {
  refuseScheme(database);
  if (!isPostgres(database)) return openSqliteStore(database);
  // Loaded only when it is used, because most servers run on SQLite.
  const { openPostgresStore } = await import('./postgres/index.js');
  return openPostgresStore(database);
}

/** @throws StoreError `unsupported` if `database` names neither a file, nor `:memory:`, nor an address of PostgreSQL */
export function refuseScheme(database: string): void {
  const scheme = schemeOf(database);
  if (scheme !== undefined && !isPostgres(database)) throw unsupported(scheme);
  if (database.trim() === '')
    throw new StoreError(
      'unsupported',
      'The database name is empty; give the path of a file, :memory:, or postgres://…',
    );
}

/** Never repeats the address, because it may contain a password. */
const unsupported = (scheme: string): StoreError =>
  new StoreError(
    'unsupported',
    `The database engine '${scheme}' (${scheme}://…) is not part of this version; give the path of a file, :memory:, or postgres://…`,
  );
