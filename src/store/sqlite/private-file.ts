import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/make-folder.js';

/**
 * Makes the file and its folder where they are missing. The database holds one-time keys: nobody else may read it, nor
 * the side files, to which SQLite gives the same mode. An existing file that can't be written raises an error here.
 */
export function makePrivateFile(path: string): void {
  makeFolder(dirname(path));
  closeSync(openSync(path, 'a', 0o600));
}
