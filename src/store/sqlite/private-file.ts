import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the file and its folder where they are missing. The database holds one-time keys: nobody else may read it, nor
 * the side files, to which SQLite gives the same mode. An existing file that can't be written raises an error here.
 */
export function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', 0o600));
}
