import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { CliError, MisuseError } from './errors.js';

/** Checks an argument or option that names a readable file. @throws InvalidArgumentError */
export function fileToRead(path: string): string {
  const problem = problemOf(path);
  if (problem === undefined) return path;
  throw new InvalidArgumentError(problem);
}

/** Checks a file name, or `-` for standard input. @throws InvalidArgumentError */
export const fileOrStdin = (path: string): string => (path === '-' ? path : fileToRead(path));

/** Checks the file names, or `-`, of an argument that takes several files. @throws InvalidArgumentError */
export const filesOrStdin = (path: string, others: readonly string[] = []): readonly string[] => [
  ...others,
  fileOrStdin(path),
];

/** Checks a file name of an option that may be given several times. @throws InvalidArgumentError */
export const filesToRead = (path: string, others: readonly string[] = []): readonly string[] => [
  ...others,
  fileToRead(path),
];

function problemOf(path: string): string | undefined {
  try {
    if (statSync(path).isDirectory()) return 'It is a folder; name a file.';
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no such file in ${process.cwd()}.`;
    return code === 'EACCES' ? 'You have no permission to read this file.' : `It cannot be read: ${message}.`;
  }
}

/**
 * Checks an option that names a file to write, so that a long command does not lose its result in the end.
 *
 * @throws InvalidArgumentError
 */
export function fileToWrite(path: string): string {
  const problem = problemOfTarget(path);
  if (problem === undefined) return path;
  throw new InvalidArgumentError(problem);
}

/**
 * Checks an option that names a folder to write. It is made later if it is missing.
 *
 * @throws InvalidArgumentError
 */
export function folderToWrite(path: string): string {
  if (path === '') throw new InvalidArgumentError('It is empty; name a folder.');
  const nearest = existingPartOf(path);
  if (!isFolder(nearest))
    throw new InvalidArgumentError(
      nearest === path ? 'It is a file; name a folder.' : `${nearest} is a file; name another folder.`,
    );
  if (canWrite(nearest)) return path;
  throw new InvalidArgumentError(`You have no permission to write in the folder ${nearest}.`);
}

/** The path, or the nearest folder above it that exists. */
const existingPartOf = (path: string): string => (existsSync(path) ? path : existingPartOf(dirname(path)));

function problemOfTarget(path: string): string | undefined {
  if (path === '') return 'It is empty; name a file.';
  const folder = dirname(path);
  if (isFolder(path)) return 'It is a folder; name a file.';
  if (!isFolder(folder))
    return `There is no folder ${folder}; make it first, or name a file in another folder.`;
  if (existsSync(path)) return canWrite(path) ? undefined : 'You have no permission to write this file.';
  return canWrite(folder) ? undefined : `You have no permission to write in the folder ${folder}.`;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Reads at most `most` octets of a file, or of standard input if the name is `-`. */
export function beginningOf(file: string, most: number): Buffer {
  const descriptor = file === '-' ? 0 : openSync(file, 'r');
  try {
    const octets = Buffer.alloc(most);
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read)
      read = readSync(descriptor, octets, length, most - length, null);
    return octets.subarray(0, length);
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

/** Reads the text file that an option names. @throws MisuseError */
export function textOfFile(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new MisuseError(`${option} ${path}: ${(error as Error).message}`);
  }
}

/** Writes a file that only its owner may read, because it contains data about devices or keys. @throws CliError */
export function writePrivately(path: string, content: string | Buffer): void {
  try {
    writeFileSync(path, content, { mode: 0o600 });
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
