import { ManifestError } from '../errors.js';
import type { Encoding } from '../detected-format.js';
import { codecFor, type Codec } from './encoding.js';

/** A file, decoded as text. */
export interface TextFile {
  readonly encoding: Encoding;
  /**
   * The text in pieces of at most 32 KiB, whatever the size of the chunks that arrive.
   *
   * @throws ManifestError if a piece is not text
   */
  readonly pieces: AsyncGenerator<TextPiece, undefined>;
}

export interface TextPiece {
  readonly text: string;
  /** Octets of the file up to the end of this piece. */
  readonly octets: number;
}

/** The number of octets from which the encoding is detected. */
const enough = 1024;
const largestPiece = 32 * 1024;
/** Smaller chunks are joined until they have this size. With small pieces, a long row would be parsed again and again. */
const smallestPiece = 16 * 1024;

/** What to do about an empty file of EIDs. */
const eidsWanted = 'write one EID per line, under the heading eid';

/**
 * Starts to read a file.
 *
 * @param wanted what to write into the file, for the error about an empty file
 * @throws ManifestError if it is empty or not text
 */
export async function readText(chunks: AsyncIterable<Uint8Array>, wanted = eidsWanted): Promise<TextFile> {
  const iterator = chunks[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  try {
    const start = await beginningOf(iterator, wanted);
    const codec = codecFor(start.subarray(0, enough));
    return { encoding: codec.encoding, pieces: decoded(codec, start, iterator) };
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

async function beginningOf(iterator: AsyncIterator<Uint8Array, undefined>, wanted: string): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < enough) {
    const chunk = await nextOf(iterator);
    if (!chunk) break;
    start = Buffer.concat([start, chunk]);
  }
  if (start.length > 0) return start;
  throw new ManifestError('the file is empty', wanted);
}

async function* decoded(
  codec: Codec,
  start: Buffer,
  iterator: AsyncIterator<Uint8Array, undefined>,
): AsyncGenerator<TextPiece, undefined> {
  let octets = codec.markLength;
  let kept = Buffer.alloc(0);
  try {
    for (
      let chunk: Uint8Array | undefined = start.subarray(codec.markLength);
      chunk !== undefined;
      chunk = await enoughOf(iterator)
    ) {
      for (let at = 0; at < chunk.length; at += largestPiece) {
        const slice = Buffer.from(
          chunk.buffer,
          chunk.byteOffset + at,
          Math.min(largestPiece, chunk.length - at),
        );
        octets += slice.length;
        const all = kept.length === 0 ? slice : Buffer.concat([kept, slice]);
        const complete = all.length - codec.incomplete(all);
        kept = Buffer.from(all.subarray(complete));
        yield* textOf(codec, all.subarray(0, complete), octets);
      }
    }
    if (kept.length > 0) throw notText(codec);
    return undefined;
  } finally {
    await iterator.return?.();
  }
}

/** Joins the next chunks until they reach `smallestPiece`. */
async function enoughOf(iterator: AsyncIterator<Uint8Array, undefined>): Promise<Uint8Array | undefined> {
  const first = await nextOf(iterator);
  if (!first || first.length >= smallestPiece) return first;
  const chunks = [first];
  for (let length = first.length; length < smallestPiece;) {
    const chunk = await nextOf(iterator);
    if (!chunk) break;
    chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

async function nextOf(iterator: AsyncIterator<Uint8Array, undefined>): Promise<Uint8Array | undefined> {
  const next = await iterator.next();
  return next.done ? undefined : next.value;
}

/** Decodes a piece. If the piece is invalid, yields its valid lines first, so that the error names the right line. */
function* textOf(codec: Codec, octets: Buffer, total: number): Generator<TextPiece, void> {
  const text = codec.decode(octets);
  if (text !== undefined) {
    yield { text, octets: total };
    return;
  }
  let good = 0;
  for (let end = octets.indexOf(lineFeed) + 1; end > 0; end = octets.indexOf(lineFeed, end) + 1) {
    if (codec.decode(octets.subarray(good, end)) === undefined) break;
    good = end;
  }
  yield { text: codec.decode(octets.subarray(0, good)) ?? '', octets: total };
  throw notText(codec);
}

const lineFeed = 0x0a;

const notText = ({ encoding }: Codec): ManifestError =>
  new ManifestError(
    `this part of the file is not text in ${encoding}`,
    'save the file as UTF-8 (in Excel: Save as, CSV UTF-8)',
  );
