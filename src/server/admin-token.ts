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

/** A bearer token, and whether it was made just now. */
export interface AdminToken {
  readonly token: string;
  readonly isNew: boolean;
  /** Why the token that was kept is not used any more, in one sentence. */
  readonly warning?: string | undefined;
}

/** What a bearer token has to be: 16 or more visible ASCII characters. */
export const tokenForm = /^[\x21-\x7e]{16,}$/;

/** A new token, which is kept nowhere. */
export const newAdminToken = (): AdminToken => ({
  token: randomBytes(24).toString('base64url'),
  isNew: true,
});

/**
 * The token that the file `path` (mode 0600) keeps. Makes the file where there is none, and replaces a token that is too short
 * to protect anything: a full disk leaves an empty file, a power cut leaves one of zeros.
 *
 * @throws Error with the code of the system where the file can be neither read nor written
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
  `${path} did not hold a token of 16 or more visible characters: the server has put a new token there, and the old one is not accepted.`;

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a draft beside the file and hands it to `place`, so that nobody ever reads half a token. */
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

/** Gives the draft its name, unless another process was quicker. @returns whether it did */
function placeOnce(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // File systems without hard links.
    renameSync(draft, path);
    return true;
  }
}
