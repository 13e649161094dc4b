import type { LuhnCheck } from '../wire/rsp/index.js';
import { checkRow, isRejected } from './check-row.js';
import { CsvReader } from './csv/read-csv.js';
import { Duplicates } from './duplicates.js';
import { ManifestError } from './errors.js';
import { formatOf } from './format.js';
import { NdjsonReader } from './ndjson.js';
import type { ManifestRow, RejectedRow, RowReader, SourceRow } from './rows.js';
import { tooManyLines } from './text/limits.js';
import { readText, type TextFile, type TextPiece } from './text/read-text.js';
import type { DetectedFormat } from './detected-format.js';
import type { Drawing } from './subscribers/keys.js';

export interface ManifestOptions {
  /** Default: NDJSON if the file starts with a brace, else CSV. */
  readonly format?: 'csv' | 'ndjson' | undefined;
  /** Maximum number of lines. */
  readonly maxLines?: number | undefined;
  /** How to treat ICCIDs with a wrong check digit. Default: `strict`, which rejects their rows. */
  readonly luhn?: LuhnCheck | undefined;
  /** How the server draws the keys of subscribers without K. Default: such rows are wrong. */
  readonly drawing?: Drawing | undefined;
}

/** Default maximum number of lines. */
export const defaultMaxLines = 10_000_000;

/** A part of the result. The detected format comes first, then come the rows in portions. */
export type ManifestPart =
  | { readonly kind: 'understood'; readonly understood: DetectedFormat }
  | {
      readonly kind: 'rows';
      readonly rows: readonly ManifestRow[];
      readonly rejected: readonly RejectedRow[];
      /** Octets of the file that were read so far. */
      readonly octets: number;
    }
  /** The names of the ignored NDJSON members. Comes last, if at all. */
  | { readonly kind: 'passedOver'; readonly names: readonly string[] };

/**
 * Reads an EID manifest (CSV or NDJSON) of any size, and makes all checks that need no database. The needed memory is constant, except
 * for about 20 octets per row to find duplicates.
 *
 * @param chunks the file as it arrives
 * @throws ManifestError if the file as a whole is invalid, with the line and a remedy
 */
export async function* readManifest(
  chunks: AsyncIterable<Uint8Array>,
  { format, maxLines = defaultMaxLines, luhn, drawing }: ManifestOptions = {},
): AsyncGenerator<ManifestPart> {
  const file = await readText(chunks);
  const duplicates = new Duplicates();
  let isUnderstood = false;
  let count = 0;
  try {
    const first = await firstPieceWithText(file);
    const reader = formatOf(first.text, format) === 'csv' ? new CsvReader() : new NdjsonReader();
    for await (const { sources, octets } of sourceRows(first, file, reader, maxLines)) {
      if (!isUnderstood && reader.understood) {
        isUnderstood = true;
        yield { kind: 'understood', understood: { ...reader.understood, encoding: file.encoding } };
      }
      count += sources.length;
      for (let at = 0; at === 0 || at < sources.length; at += portion)
        yield {
          kind: 'rows',
          ...checked(sources.slice(at, at + portion), duplicates, { luhn, drawing }),
          octets,
        };
    }
    if (count === 0) throw noRows();
    if (reader.unknownNames.length > 0) yield { kind: 'passedOver', names: reader.unknownNames };
  } finally {
    await file.pieces.return(undefined);
  }
}

/** The number of rows per part of the result. Even if all of them are invalid, the work takes only a few milliseconds. */
const portion = 500;

/** The beginning of the file, up to the end of the first piece that is not blank. */
async function firstPieceWithText({ pieces }: TextFile): Promise<TextPiece> {
  let text = '';
  for (let piece = (await pieces.next()).value; piece; piece = (await pieces.next()).value) {
    text += piece.text;
    if (piece.text.trim() !== '') return { text, octets: piece.octets };
    if (text.length > mostBlank) break;
  }
  throw noRows();
}

const noRows = (): ManifestError =>
  new ManifestError('the file has no rows', 'write one EID per line, under the heading eid');

/** The maximum number of blank characters before the first row. */
const mostBlank = 64 * 1024;

async function* sourceRows(
  first: TextPiece,
  { pieces }: TextFile,
  reader: RowReader,
  maxLines: number,
): AsyncGenerator<{ sources: SourceRow[]; octets: number }> {
  let lines = 0;
  let octets = 0;
  try {
    for (let piece: TextPiece | undefined = first; piece; piece = (await pieces.next()).value) {
      lines += lineEndsIn(piece.text);
      if (lines > maxLines) throw tooManyLines(maxLines);
      octets = piece.octets;
      yield { sources: reader.write(piece.text), octets };
    }
  } catch (error) {
    // The decoder does not know on which line the invalid octets are, so the line is added here.
    if (!(error instanceof ManifestError) || error.place.line !== undefined) throw error;
    throw new ManifestError(error.problem, error.remedy, { line: lines + 1 });
  }
  yield { sources: reader.end(), octets };
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function checked(
  sources: readonly SourceRow[],
  duplicates: Duplicates,
  { luhn, drawing }: Pick<ManifestOptions, 'luhn' | 'drawing'>,
): { rows: ManifestRow[]; rejected: RejectedRow[] } {
  const rows: ManifestRow[] = [];
  const rejected: RejectedRow[] = [];
  for (const source of sources) {
    const alone = checkRow(source, luhn, drawing);
    const row = isRejected(alone) ? alone : duplicates.check(alone);
    if (isRejected(row)) rejected.push(row);
    else rows.push(row);
  }
  return { rows, rejected };
}
