import { writeFileSync } from 'node:fs';
import { CliError } from './errors.js';

/** Writes a new file. @throws CliError if the file exists */
export function writeOnce(path: string, content: Buffer | string, mode: number): void {
  try {
    writeFileSync(path, content, { mode, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CliError(
      `${path} already exists, and this command does not overwrite files. Name another file.`,
    );
  }
}
