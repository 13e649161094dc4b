import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { parse } from 'node:path';
import { rejectedRowsWriter, type RejectedRowsWriter, type DetectedFormat } from '../../manifests/index.js';
import { CliError } from '../errors.js';
import type { RejectedRow } from './events.js';

/** The file for rejected rows. The first rejected row creates it. */
export class RejectedFile {
  #descriptor: number | undefined;
  #writer: RejectedRowsWriter | undefined;

  /** @throws CliError if the file exists already, because it may contain the user's corrections */
  constructor(readonly path: string) {
    if (existsSync(path))
      throw new CliError(
        `${path} already exists, and this command does not overwrite it.\nMove the file away, or name another file with --rejected.`,
      );
  }

  begin(understood: DetectedFormat): void {
    this.#writer = rejectedRowsWriter(understood);
  }

  add(row: RejectedRow): void {
    if (!this.#writer) return;
    if (this.#descriptor === undefined) {
      this.#descriptor = openSync(this.path, 'wx', 0o600);
      writeSync(this.#descriptor, this.#writer.header);
    }
    writeSync(this.#descriptor, this.#writer.row(row));
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}

/** The default path, next to the manifest: `eids.rejected.csv` for `eids.csv`. */
export function rejectedPath(manifest: string): string {
  if (manifest === '-') return 'rejected.csv';
  const { dir, name, ext } = parse(manifest);
  return `${dir === '' ? '' : `${dir}/`}${name}.rejected${ext || '.csv'}`;
}
