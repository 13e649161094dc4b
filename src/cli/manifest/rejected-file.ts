import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { parse } from 'node:path';
import { rejectedRowsWriter, type RejectedRowsWriter, type DetectedFormat } from '../../manifests/index.js';
import { CliError } from '../errors.js';
import type { RejectedRow } from './events.js';

/** The file into which rejected rows go; it is made when the first one comes. */
export class RejectedFile {
  #descriptor: number | undefined;
  #writer: RejectedRowsWriter | undefined;

  /** @throws CliError where it is there already, since it may hold corrections */
  constructor(readonly path: string) {
    if (existsSync(path))
      throw new CliError(
        `${path} is there already, and is not overwritten.\nMove it away, or name another file with --rejected.`,
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

/** Beside the manifest: `eids.rejected.csv` for `eids.csv`. */
export function rejectedPath(manifest: string): string {
  if (manifest === '-') return 'rejected.csv';
  const { dir, name, ext } = parse(manifest);
  return `${dir === '' ? '' : `${dir}/`}${name}.rejected${ext || '.csv'}`;
}
