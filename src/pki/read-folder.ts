import { readdirSync, readFileSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join, relative } from 'node:path';
import { PkiError } from './errors.js';
import { isZip, unzip } from './unzip.js';

export interface PkiFile {
  /** Path below the folder. */
  readonly name: string;
  readonly content: Buffer;
}

/** Nothing in a PKI folder is bigger than a few kilobytes; a limit keeps a wrong folder from being read in whole. */
const maximumSize = 256 * 1024;
const maximumFiles = 5000;
const maximumDepth = 6;
const relevant = /\.(der|cer|crt|pem|key|crl)$/i;

/**
 * The certificates, keys and CRLs of a folder, flat or nested, or of a zip file; ordered by name. A folder that is not
 * there is an empty one.
 *
 * @throws PkiError when a file cannot be read
 */
export function readFolder(folder: string): PkiFile[] {
  const files: PkiFile[] = [];
  if (statOf(folder)?.isFile()) {
    readZip(folder, '', files);
  } else {
    readInto(folder, folder, 0, files);
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readInto(root: string, folder: string, depth: number, files: PkiFile[]): void {
  for (const entry of entriesOf(folder)) {
    // What is hidden is not meant: half-written files, version control.
    if (entry.name.startsWith('.') || depth > maximumDepth) continue;
    const path = join(folder, entry.name);
    const info = statOf(path);
    if (!info) continue;
    if (info.isDirectory()) {
      if (entry.name !== 'node_modules') readInto(root, path, depth + 1, files);
    } else if (/\.zip$/i.test(entry.name)) {
      readZip(path, `${relative(root, path)}/`, files);
    } else if (relevant.test(entry.name) && info.size <= maximumSize) {
      push(files, { name: relative(root, path), content: read(path) });
    }
  }
}

function readZip(path: string, prefix: string, files: PkiFile[]): void {
  const archive = read(path);
  if (!isZip(archive))
    throw new PkiError(`${path} is neither a folder nor a zip file. Name a folder of certificates.`);
  for (const { name, content } of unzip(archive, path, {
    maximumSize,
    wanted: (name) => relevant.test(name),
  }))
    push(files, { name: prefix + name, content });
}

function push(files: PkiFile[], file: PkiFile): void {
  if (files.length >= maximumFiles)
    throw new PkiError(`More than ${maximumFiles} files: is this a PKI folder?`);
  files.push(file);
}

/** `undefined` for what is not there, or not to be seen. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new PkiError(`Folder ${folder} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new PkiError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
