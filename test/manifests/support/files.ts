import { readManifest, type ManifestOptions, type ManifestPart } from '../../../src/manifests/index.js';
import { problemText, type ManifestRow, type RejectedRow } from '../../../src/manifests/rows.js';
import type { DetectedFormat } from '../../../src/manifests/detected-format.js';
import { eidWithCheckDigits } from '../../../src/wire/rsp/index.js';

/** The `number`th EID of the tests. */
export const eid = (number: number): string =>
  eidWithCheckDigits(`890490320000000000000000${String(number).padStart(6, '0')}`);

/** A manifest with these EIDs alone. */
export const eids = (from: number, count: number): string =>
  ['eid', ...Array.from({ length: count }, (_, index) => eid(from + index)), ''].join('\n');

/** A file that arrives in pieces of this many octets. */
export async function* arriving(file: string | Buffer, size = 65_536): AsyncGenerator<Buffer, void> {
  const octets = Buffer.from(file as string);
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
}

/** Everything that comes of reading a file. */
export interface Read {
  readonly understood: DetectedFormat | undefined;
  readonly rows: readonly ManifestRow[];
  readonly rejected: readonly RejectedRow[];
  readonly passedOver: readonly string[];
}

export async function read(
  file: string | Buffer,
  options: ManifestOptions = {},
  size?: number,
): Promise<Read> {
  const parts: ManifestPart[] = [];
  for await (const part of readManifest(arriving(file, size), options)) parts.push(part);
  return {
    understood: parts.find((part) => part.kind === 'understood')?.understood,
    rows: parts.flatMap((part) => (part.kind === 'rows' ? part.rows : [])),
    rejected: parts.flatMap((part) => (part.kind === 'rows' ? part.rejected : [])),
    passedOver: parts.flatMap((part) => (part.kind === 'passedOver' ? part.names : [])),
  };
}

/** Rows without what they were made from. */
export const plain = (rows: readonly ManifestRow[]): object[] =>
  rows.map(({ source: _, ...row }): object => row);

/** `line 3: what is wrong; what to do`, for each rejected row. */
export const complaints = (rows: readonly RejectedRow[]): string[] =>
  rows.map(({ line, problems }) => `line ${line}: ${problems.map(problemText).join('. ')}`);
