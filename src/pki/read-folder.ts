import { readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join, relative } from 'node:path';
import { PkiError } from './errors.js';
import { isZip, unzip } from './unzip.js';

export interface PkiFile {
  /** Path relative to the folder. */
  readonly name: string;
  readonly content: Buffer;
}

/** Called for each file that is not used. `reason` is the end of a sentence whose subject is the file: `is empty`. */
export type ReportUnusedFile = (name: string, reason: string) => void;

/** A PKI file has only a few kilobytes. If a user names a wrong folder, the limits prevent the server from reading all of it. */
const maximumSize = 256 * 1024;
const maximumFiles = 5000;
const maximumDepth = 6;
const relevant = /\.(der|cer|crt|pem|key|crl|p12|pfx)$/i;

/**
 * Reads the certificates, keys and CRLs in a folder and its subfolders, or in a zip file. Sorts them by name. A missing folder counts as
 * empty.
 *
 * @param reportUnused called for each relevant file that the server does not use
 * @throws PkiError if the folder itself cannot be read, or has more than 5,000 files
 */
export function readFolder(folder: string, reportUnused: ReportUnusedFile = () => undefined): PkiFile[] {
  const reader = new Reader(folder, reportUnused);
  if (statOf(folder)?.isFile()) reader.readZip(folder, '');
  else reader.readRoot();
  return reader.files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

class Reader {
  readonly files: PkiFile[] = [];
  /** The real paths of the folders that were already read. No folder is read twice, because links may form cycles. */
  readonly #seen = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly reportUnused: ReportUnusedFile,
  ) {}

  readRoot(): void {
    try {
      this.#readInto(this.root, 0);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      throw error instanceof PkiError
        ? error
        : new PkiError(`Folder ${this.root} cannot be read: ${message}`, { cause: error });
    }
  }

  #readInto(folder: string, depth: number): void {
    const place = realpathSync(folder);
    if (this.#seen.has(place)) return;
    this.#seen.add(place);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      // Skip hidden files, such as half-written files and version control.
      if (!entry.name.startsWith('.')) this.#take(join(folder, entry.name), entry, depth);
    }
  }

  #take(path: string, entry: Dirent, depth: number): void {
    const isRelevant = relevant.test(entry.name) || /\.zip$/i.test(entry.name);
    const info = statOf(path);
    if (!info) {
      if (isRelevant) this.#reportUnused(path, 'cannot be read: it is a broken link');
    } else if (info.isDirectory()) {
      if (entry.name !== 'node_modules') this.#readBelow(path, depth + 1);
    } else if (isRelevant && this.#isReadable(path, info)) {
      this.#orReport(path, () =>
        /\.zip$/i.test(entry.name)
          ? this.readZip(path, `${this.#nameOf(path)}/`)
          : this.#push({ name: this.#nameOf(path), content: readFileSync(path) }),
      );
    }
  }

  #readBelow(folder: string, depth: number): void {
    if (depth > maximumDepth) this.#reportUnused(folder, `is more than ${maximumDepth} folders deep`);
    else this.#orReport(folder, () => this.#readInto(folder, depth));
  }

  #isReadable(path: string, info: Stats): boolean {
    const isZipFile = /\.zip$/i.test(path);
    if (!info.isFile()) this.#reportUnused(path, 'is not a regular file');
    else if (!isZipFile && info.size > maximumSize)
      this.#reportUnused(
        path,
        `has ${info.size.toLocaleString('en')} octets, more than any certificate or key`,
      );
    else return true;
    return false;
  }

  /** @throws PkiError if the file is not a zip file, or is damaged */
  readZip(path: string, prefix: string): void {
    const archive = readFileSync(path);
    if (!isZip(archive))
      throw new PkiError(`${path} is neither a folder nor a zip file. Name a folder of certificates.`);
    for (const { name, content } of unzip(archive, path, {
      maximumSize,
      wanted: (name) => relevant.test(name),
    }))
      this.#push({ name: prefix + name, content });
  }

  #push(file: PkiFile): void {
    if (this.files.length >= maximumFiles)
      throw new TooManyFiles(`The folder has more than ${maximumFiles} files: is it a PKI folder?`);
    this.files.push(file);
  }

  #orReport(path: string, body: () => void): void {
    try {
      body();
    } catch (error) {
      if (error instanceof TooManyFiles) throw error;
      this.#reportUnused(path, `cannot be read: ${(error as Error).message}`);
    }
  }

  #reportUnused(path: string, reason: string): void {
    this.reportUnused(this.#nameOf(path), reason);
  }

  #nameOf(path: string): string {
    return relative(this.root, path);
  }
}

class TooManyFiles extends PkiError {}

/** `undefined` for a file that is missing or cannot be accessed. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
