import { isUtf8 } from 'node:buffer';
import { ManifestError } from '../errors.js';
import type { Encoding } from '../detected-format.js';

/** Decodes the octets of a file. */
export interface Codec {
  readonly encoding: Encoding;
  /** Length of the byte order mark in octets. */
  readonly markLength: number;
  /** Number of octets at the end that belong to an incomplete character. */
  incomplete(octets: Buffer): number;
  /** Returns `undefined` if the octets are not text in this encoding. */
  decode(octets: Buffer): string | undefined;
}

const utf8 = (markLength: number): Codec => ({
  encoding: 'UTF-8',
  markLength,
  incomplete: incompleteUtf8,
  decode: (octets) => (isUtf8(octets) ? octets.toString('utf8') : undefined),
});

const utf16 = (encoding: 'UTF-16 LE' | 'UTF-16 BE', markLength: number): Codec => ({
  encoding,
  markLength,
  incomplete: (octets) => octets.length % 2,
  decode: (octets) => (encoding === 'UTF-16 LE' ? octets : Buffer.from(octets).swap16()).toString('utf16le'),
});

/** Number of octets at the end that start a UTF-8 character without completing it. */
function incompleteUtf8(octets: Buffer): number {
  for (let back = 1; back <= Math.min(3, octets.length); back++) {
    const octet = octets[octets.length - back]!;
    if (octet < 0x80) return 0;
    if (octet >= 0xc0) return back < (octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

const exportAsCsv = 'export it as CSV (in Excel: Save as, CSV UTF-8)';

/** First octets, in hex, of files that people mistake for text files. */
const otherFiles: readonly (readonly [start: string, what: string, remedy: string])[] = [
  ['504b0304', 'an Excel workbook (.xlsx) or another ZIP archive', exportAsCsv],
  ['d0cf11e0', 'an Excel workbook (.xls)', exportAsCsv],
  ['1f8b', 'compressed with gzip', 'unpack it first'],
  ['25504446', 'a PDF document', 'ask for the list as CSV'],
  ['fffe0000', 'text in UTF-32', 'save it as UTF-8'],
  ['0000feff', 'text in UTF-32', 'save it as UTF-8'],
];

const marks: readonly (readonly [start: string, codec: Codec])[] = [
  ['efbbbf', utf8(3)],
  ['fffe', utf16('UTF-16 LE', 2)],
  ['feff', utf16('UTF-16 BE', 2)],
];

/**
 * Detects the encoding of a file from its first octets.
 *
 * @throws ManifestError if it is not a text file
 */
export function codecFor(start: Buffer): Codec {
  const hex = start.subarray(0, 4).toString('hex');
  const other = otherFiles.find(([octets]) => hex.startsWith(octets));
  if (other) throw new ManifestError(`the file is not text but ${other[1]}`, other[2]);
  return marks.find(([octets]) => hex.startsWith(octets))?.[1] ?? codecWithoutMark(start);
}

/** Detects the encoding of a file without a byte order mark: in UTF-16, every second octet of digits and commas is zero. */
function codecWithoutMark(start: Buffer): Codec {
  const zeros = [0, 0];
  start.forEach((octet, index) => (zeros[index % 2]! += octet === 0 ? 1 : 0));
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd === 0) return utf8(0);
  if (even === 0 && odd > start.length / 4) return utf16('UTF-16 LE', 0);
  if (odd === 0 && even > start.length / 4) return utf16('UTF-16 BE', 0);
  throw new ManifestError('the file is not text but binary data', exportAsCsv, { line: 1 });
}
