import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/make-folder.js';

/**
 * Creates the file and its folder if they are missing. The database holds one-time keys, so only this user may read the file. SQLite
 * gives its side files the same mode. Throws if an existing file cannot be written.
 */
export function makePrivateFile(path: string): void {
  makeFolder(dirname(path));
  closeSync(openSync(path, 'a', 0o600));
}
