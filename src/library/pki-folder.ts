import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with certificates and keys. */
export interface PkiFolder {
  readonly path: string;
  /** Whether it was made for this one server. */
  readonly isTemporary: boolean;
  /** Removes it, if it is temporary. */
  remove(): void;
}

/** The folder that is named, or a new one that only this user can read. */
export function pkiFolder(named: string | undefined): PkiFolder {
  if (named !== undefined) return { path: named, isTemporary: false, remove: () => undefined };
  const path = mkdtempSync(join(tmpdir(), 'mock-smdp-'));
  return { path, isTemporary: true, remove: () => rmSync(path, { recursive: true, force: true }) };
}
