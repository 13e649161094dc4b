import { StoreError } from './errors.js';
import { openSqliteStore } from './sqlite/index.js';
import type { Store } from './store.js';

/**
 * Opens the store named by the setting `SMDP_DATABASE`: the path of an SQLite file, or `:memory:`. A missing file is created, with its
 * folder.
 *
 * @throws StoreError with a message for the user
 */
export async function openStore(url: string): Promise<Store> {
  if (url === ':memory:') return openSqliteStore(url);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined) throw unsupported(scheme);
  if (url.trim() === '')
    throw new StoreError('unsupported', 'The database name is empty; give the path of a file, or :memory:');
  return openSqliteStore(url);
}

/** Never repeats the URL, because it may contain a password. */
function unsupported(scheme: string): StoreError {
  const engine = /^postgres(ql)?$/.test(scheme) ? 'PostgreSQL' : `'${scheme}'`;
  return new StoreError(
    'unsupported',
    `The database engine ${engine} (${scheme}://…) is not part of this version; give the path of a file, or :memory:`,
  );
}
