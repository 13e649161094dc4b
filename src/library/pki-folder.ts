import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with certificates and keys. */
export interface PkiFolder {
  readonly path: string;
  /** Removes it, if it was made for this one server. */
  remove(): void;
}

/** The folder that is named, or a new one that only this user can read. */
export function pkiFolder(named: string | undefined): PkiFolder {
  if (named !== undefined) return { path: named, remove: () => undefined };
  const path = mkdtempSync(join(tmpdir(), 'mock-smdp-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
