import { isUtf8 } from 'node:buffer';
import { ManifestError } from '../errors.js';
import type { Encoding } from '../understood.js';

/** How the octets of a file become text. */
export interface Codec {
  readonly encoding: Encoding;
  /** Octets of the byte order mark at the beginning. */
  readonly markLength: number;
  /** How many octets at the end belong to a character that is not complete yet. */
  incomplete(octets: Buffer): number;
  /** `undefined` where the octets are no text in this encoding. */
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

/** Octets of a character of UTF-8 that begins within the last three and goes on behind them. */
function incompleteUtf8(octets: Buffer): number {
  for (let back = 1; back <= Math.min(3, octets.length); back++) {
    const octet = octets[octets.length - back]!;
    if (octet < 0x80) return 0;
    if (octet >= 0xc0) return back < (octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

const asText = 'export it as CSV (in Excel: Save as, CSV UTF-8)';

/** First octets, in hex, of what people take for a text file. */
const otherFiles: readonly (readonly [start: string, what: string, remedy: string])[] = [
  ['504b0304', 'an Excel workbook (.xlsx) or another ZIP archive', asText],
  ['d0cf11e0', 'an Excel workbook (.xls)', asText],
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
 * Recognises the encoding of a file by its first octets.
 *
 * @throws ManifestError where it is no text file
 */
export function codecFor(start: Buffer): Codec {
  const hex = start.subarray(0, 4).toString('hex');
  const other = otherFiles.find(([octets]) => hex.startsWith(octets));
  if (other) throw new ManifestError(`the file is no text but ${other[1]}`, other[2]);
  return marks.find(([octets]) => hex.startsWith(octets))?.[1] ?? codecWithoutMark(start);
}

/** Digits and commas in UTF-16 have a zero as every second octet. */
function codecWithoutMark(start: Buffer): Codec {
  const zeros = [0, 0];
  start.forEach((octet, index) => (zeros[index % 2]! += octet === 0 ? 1 : 0));
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd === 0) return utf8(0);
  if (even === 0 && odd > start.length / 4) return utf16('UTF-16 LE', 0);
  if (odd === 0 && even > start.length / 4) return utf16('UTF-16 BE', 0);
  throw new ManifestError('the file is no text but binary data', asText, { line: 1 });
}
