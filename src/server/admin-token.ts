import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { makeFolder } from '../base/make-folder.js';

/** A bearer token, and whether it was made just now. */
export interface AdminToken {
  readonly token: string;
  readonly isNew: boolean;
}

/** A token that nobody has kept. */
export const newAdminToken = (): AdminToken => ({
  token: randomBytes(24).toString('base64url'),
  isNew: true,
});

/** The token kept in `path` (mode 0600), made where there is none. */
export function keptAdminToken(path: string): AdminToken {
  if (existsSync(path)) return { token: readFileSync(path, 'utf8').trim(), isNew: false };
  const made = newAdminToken();
  makeFolder(dirname(path));
  writeFileSync(path, `${made.token}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return made;
}
