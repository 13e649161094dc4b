import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { makeFolder } from '../base/make-folder.js';

/** The bearer token of the operator-facing listener. */
export interface AdminToken {
  readonly token: string;
  readonly isNew: boolean;
  /** One sentence that says why the stored token was replaced. */
  readonly warning?: string | undefined;
}

/** The form of a bearer token: 16 or more visible ASCII characters. */
export const tokenForm = /^[\x21-\x7e]{16,}$/;

/** Makes a token without storing it. */
export const newAdminToken = (): AdminToken => ({
  token: randomBytes(24).toString('base64url'),
  isNew: true,
});

/**
 * Reads the token in the file `path` (mode 0600). If the file is missing, creates it. If the file does not hold a
 * token, replaces its content: a full disk can leave an empty file, and a power cut can leave a file of zeros.
 *
 * @throws Error with the system's code if the file can be neither read nor written
 */
export function keptAdminToken(path: string): AdminToken {
  const kept = textOf(path);
  if (kept !== undefined && tokenForm.test(kept)) return { token: kept, isNew: false };
  const made = newAdminToken();
  if (kept !== undefined) {
    write(path, made.token, renameSync);
    return { ...made, warning: replacedWarning(path) };
  }
  makeFolder(dirname(path));
  return write(path, made.token, placeOnce) ? made : keptAdminToken(path);
}

const replacedWarning = (path: string): string =>
  `${path} did not hold a token of 16 or more visible characters. The server has written a new token to the file, and no longer accepts the old token.`;

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes the token to a draft file and passes the draft to `place`, which gives it its final name. No other process can
 * then read half a token.
 */
function write<T>(path: string, token: string, place: (draft: string, path: string) => T): T {
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, `${token}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(draft, 0o600);
    return place(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Gives the draft its final name, unless another process was quicker. @returns whether the draft got the name */
function placeOnce(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // The file system has no hard links.
    renameSync(draft, path);
    return true;
  }
}
