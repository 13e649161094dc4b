import { TemporaryFolder } from '../pki/index.js';

/** A folder with certificates and keys. */
export interface PkiFolder {
  /** Path of the folder. The folder may not exist yet. Reading `path` creates it. */
  readonly name: string;
  readonly path: string;
  /** Stores the certificates and keys that the server issues. Absent: the server writes them to the folder. */
  readonly writer?: TemporaryFolder | undefined;
  /** Removes the folder if it is temporary. */
  remove(): void;
}

/** The named folder, or a temporary folder for this server. */
export function pkiFolder(named: string | undefined): PkiFolder {
  if (named !== undefined) return { name: named, path: named, remove: () => undefined };
  const folder = new TemporaryFolder();
  return {
    name: folder.name,
    get path() {
      return folder.path;
    },
    writer: folder,
    remove: () => folder.remove(),
  };
}
