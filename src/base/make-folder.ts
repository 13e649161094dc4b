import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and missing parent folders. Node's own `recursive` option never returns for a path such as `/proc/x`, where the file
 * system reports the parent as missing although it exists.
 *
 * @throws Error with the code of the system: EACCES, ENOTDIR …
 */
export function makeFolder(path: string, mode?: number): void {
  if (tryToMake(path, mode) !== 'ENOENT') return;
  makeFolder(dirname(path), mode);
  if (tryToMake(path, mode) === 'ENOENT')
    throw Object.assign(new Error(`The folder ${path} cannot be made (ENOENT); name another path.`), {
      code: 'ENOENT',
    });
}

function tryToMake(path: string, mode: number | undefined): 'ENOENT' | undefined {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'ENOENT';
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
  return undefined;
}
