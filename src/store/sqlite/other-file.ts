import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { StoreError } from '../errors.js';

/** Endings of files with other content, which a user may name by mistake. */
const otherEndings: ReadonlySet<string> = new Set(
  'cer crt csv der html js json key log md ndjson p12 pcapng pdf pem sh sql toml ts tsv txt xls xlsx xml yaml yml zip'
    .split(' ')
    .map((ending) => `.${ending}`),
);

/**
 * Refuses an empty file whose name is that of a list, a seed or the like. SQLite takes every empty file for an empty database, and would
 * fill it. Empty files with other names may become databases: scripts make them with `mktemp` or `touch smdp.db`. Files with content need
 * no such check, because SQLite recognises databases.
 *
 * @throws StoreError `foreign`
 */
export function refuseOtherFile(path: string): void {
  const ending = extname(path).toLowerCase();
  if (!otherEndings.has(ending) || statSync(path, { throwIfNoEntry: false })?.size !== 0) return;
  throw new StoreError(
    'foreign',
    `${path} is an empty file, and ${ending} is not the ending of a database; name another file, such as smdp.db, or delete the empty file first`,
  );
}
