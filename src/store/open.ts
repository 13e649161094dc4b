import { StoreError } from './errors.js';
import { openSqliteStore } from './sqlite/index.js';
import type { Store } from './store.js';

/**
 * Opens the store that the setting `SMDP_DATABASE` names: the path of an SQLite file, which is made where there is none,
 * together with its folder; or `:memory:`.
 *
 * @throws StoreError whose message can be shown as it is
 */
export async function openStore(url: string): Promise<Store> {
  if (url === ':memory:') return openSqliteStore(url);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined) throw unsupported(scheme);
  if (url.trim() === '')
    throw new StoreError('unsupported', 'No database is named; give the path of a file, or :memory:');
  return openSqliteStore(url);
}

/** Never repeats the URL, which may hold a password. */
function unsupported(scheme: string): StoreError {
  const engine = /^postgres(ql)?$/.test(scheme) ? 'PostgreSQL' : `'${scheme}'`;
  return new StoreError(
    'unsupported',
    `The database engine ${engine} (${scheme}://…) is not part of this version; give the path of a file, or :memory:`,
  );
}
