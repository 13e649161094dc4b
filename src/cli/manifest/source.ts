import { createReadStream, fstatSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

/** A file to be imported. */
export interface ManifestInput {
  /** As it is called in messages. */
  readonly name: string;
  readonly stream: Readable;
  /** In octets; `undefined` where it is not known before the end. */
  readonly size: number | undefined;
  /** As its name tells; `undefined` where that is left to its beginning. */
  readonly format: 'csv' | 'ndjson' | undefined;
}

/** Opens a file, or standard input for `-`. @throws what the system says */
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
