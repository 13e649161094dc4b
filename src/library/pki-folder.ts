import { TemporaryFolder } from '../pki/index.js';

/** A folder with certificates and keys. */
export interface PkiFolder {
  /** Where it is, or will be once somebody asks for its path. */
  readonly name: string;
  readonly path: string;
  /** Where the server keeps what it makes; absent: in the folder. */
  readonly writer?: TemporaryFolder | undefined;
  /** Removes it, if it was made for this one server. */
  remove(): void;
}

/** The folder that is named, or one for this server alone. */
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
