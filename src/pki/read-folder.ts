import { readdir, readFile, stat } from 'node:fs/promises';
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
export async function readFolder(folder: string): Promise<PkiFile[]> {
  const files: PkiFile[] = [];
  if ((await stat(folder).catch(() => undefined))?.isFile()) {
    await readZip(folder, '', files);
  } else {
    await readInto(folder, folder, 0, files);
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readInto(root: string, folder: string, depth: number, files: PkiFile[]): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    // What is hidden is not meant: half-written files, version control.
    if (entry.name.startsWith('.') || depth > maximumDepth) continue;
    const path = join(folder, entry.name);
    const info = await stat(path).catch(() => undefined);
    if (!info) continue;
    if (info.isDirectory()) {
      if (entry.name !== 'node_modules') await readInto(root, path, depth + 1, files);
    } else if (/\.zip$/i.test(entry.name)) {
      await readZip(path, `${relative(root, path)}/`, files);
    } else if (relevant.test(entry.name) && info.size <= maximumSize) {
      push(files, { name: relative(root, path), content: await read(path) });
    }
  }
}

async function readZip(path: string, prefix: string, files: PkiFile[]): Promise<void> {
  const archive = await read(path);
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

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new PkiError(`Folder ${folder} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new PkiError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
