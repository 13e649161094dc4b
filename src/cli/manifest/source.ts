import { createReadStream, fstatSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

/** A manifest to import. */
export interface ManifestInput {
  /** Name for messages. */
  readonly name: string;
  readonly stream: Readable;
  /** In octets. `undefined` for a stream whose size is not known in advance. */
  readonly size: number | undefined;
  /**
   * `undefined` if neither the option nor the file name gives the format. Then the first character of the file decides.
   */
  readonly format: 'csv' | 'ndjson' | undefined;
}

/** Opens a file, or standard input for `-`. @throws Error of the system when the file cannot be opened */
export function openSource(path: string, format?: 'csv' | 'ndjson'): ManifestInput {
  if (path === '-') return { name: 'standard input', stream: process.stdin, size: undefined, format };
  const descriptor = openSync(path, 'r');
  const stat = fstatSync(descriptor);
  return {
    name: basename(path),
    stream: createReadStream('', { fd: descriptor }),
    size: stat.isFile() ? stat.size : undefined,
    format: format ?? formatOf(path),
  };
}

function formatOf(path: string): 'csv' | 'ndjson' | undefined {
  if (/\.(ndjson|jsonl)$/i.test(path)) return 'ndjson';
  return /\.(csv|tsv)$/i.test(path) ? 'csv' : undefined;
}
