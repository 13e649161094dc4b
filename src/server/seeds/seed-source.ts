import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { filesNamedIn, SeedDocument, type SeedFiles } from '../../api/index.js';
import { shippedSeed } from './shipped-seeds.js';

/** A seed file and the files that it names. */
export interface SeedSource {
  /** The path as the user wrote it, or the name of a shipped seed. */
  readonly name: string;
  readonly text: string;
  readonly files: SeedFiles;
}

/** A seed that has been read and checked for its form. */
export interface LoadedSeed extends SeedSource {
  readonly document: SeedDocument;
}

/** Whether a text is the path of a file, not the name of a shipped seed. */
export const isPath = (text: string): boolean => /[./\\]/.test(text);

/** Whether a path belongs to a seed, not to an EID manifest. */
export const isSeedFile = (path: string): boolean =>
  ['.yaml', '.yml', '.json'].includes(extname(path).toLowerCase());

/**
 * Reads a seed by its path, or a shipped seed by its name. Paths in a seed are relative to its folder. Paths in a shipped seed are relative
 * to the working directory. Leaves out files that cannot be read: the check of the seed reports them with line and column.
 *
 * @throws Error of the system if the seed cannot be read
 * @throws UnknownSeedError if no shipped seed has the name
 */
export function readSeedSource(nameOrPath: string): SeedSource {
  const ofUser = isPath(nameOrPath);
  const text = readFileSync(ofUser ? nameOrPath : shippedSeed(nameOrPath), 'utf8');
  return { name: nameOrPath, text, files: filesOf(text, ofUser ? dirname(nameOrPath) : '.') };
}

/** Reads the files that a seed names. @param folder the folder to which their paths are relative */
export function filesOf(text: string, folder: string): SeedFiles {
  const files = new Map<string, Buffer>();
  for (const path of filesNamedIn(text)) {
    try {
      files.set(path, readFileSync(resolve(folder, path)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }
  return files;
}

/** Reads a seed, and checks its form. @throws SeedError, which names every wrong member, and the errors of {@link readSeedSource} */
export function loadSeed(nameOrPath: string): LoadedSeed {
  const source = readSeedSource(nameOrPath);
  return { ...source, document: SeedDocument.read(source.text, source.name) };
}
