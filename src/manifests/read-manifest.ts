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
import type { DetectedFormat } from './understood.js';

export interface ManifestOptions {
  /** Default: NDJSON where the file begins with a brace, else CSV. */
  readonly format?: 'csv' | 'ndjson' | undefined;
  /** Lines that a file may have. */
  readonly maxLines?: number | undefined;
  /** What is done about ICCIDs whose check digit does not hold; default: `strict`, their rows are rejected. */
  readonly luhn?: LuhnCheck | undefined;
}

/** Lines that a file may have where nothing else is said. */
export const defaultMaxLines = 10_000_000;

/** What comes of reading a manifest: how it is understood, once and first; then rows, portion by portion. */
export type ManifestPart =
  | { readonly kind: 'understood'; readonly understood: DetectedFormat }
  | {
      readonly kind: 'rows';
      readonly rows: readonly ManifestRow[];
      readonly rejected: readonly RejectedRow[];
      /** Octets of the file up to here. */
      readonly octets: number;
    }
  /** At the end: names of members of NDJSON that were passed over, if there are any. */
  | { readonly kind: 'passedOver'; readonly names: readonly string[] };

/**
 * Reads an EID manifest, CSV or NDJSON, of any size in constant memory but for some 20 octets per row, by which rows that
 * repeat others are found. Everything that can be told from the file alone is checked.
 *
 * @param chunks the file as it arrives
 * @throws ManifestError where the file as a whole cannot be understood; with the line, and what to do
 */
export async function* readManifest(
  chunks: AsyncIterable<Uint8Array>,
  { format, maxLines = defaultMaxLines, luhn }: ManifestOptions = {},
): AsyncGenerator<ManifestPart> {
  const file = await readText(chunks);
  const duplicates = new Duplicates();
  let isUnderstood = false;
  let count = 0;
  try {
    const first = await firstSaying(file);
    const reader = formatOf(first.text, format) === 'csv' ? new CsvReader() : new NdjsonReader();
    for await (const { sources, octets } of sourceRows(first, file, reader, maxLines)) {
      if (!isUnderstood && reader.understood) {
        isUnderstood = true;
        yield { kind: 'understood', understood: { ...reader.understood, encoding: file.encoding } };
      }
      count += sources.length;
      for (let at = 0; at === 0 || at < sources.length; at += portion)
        yield { kind: 'rows', ...checked(sources.slice(at, at + portion), duplicates, luhn), octets };
    }
    if (count === 0) throw saysNothing();
    if (reader.passedOver.length > 0) yield { kind: 'passedOver', names: reader.passedOver };
  } finally {
    await file.pieces.return(undefined);
  }
}

/** Rows that are passed on at once: a few milliseconds' work, where everything is wrong with each. */
const portion = 500;

/** The beginning of the file up to the first piece that is not blank. */
async function firstSaying({ pieces }: TextFile): Promise<TextPiece> {
  let text = '';
  for (let piece = (await pieces.next()).value; piece; piece = (await pieces.next()).value) {
    text += piece.text;
    if (piece.text.trim() !== '') return { text, octets: piece.octets };
    if (text.length > mostBlank) break;
  }
  throw saysNothing();
}

const saysNothing = (): ManifestError =>
  new ManifestError('the file has no rows', 'give one EID to a line, under the heading eid');

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
    // Octets that are no text: only here it is known on which line.
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
  luhn: LuhnCheck | undefined,
): { rows: ManifestRow[]; rejected: RejectedRow[] } {
  const rows: ManifestRow[] = [];
  const rejected: RejectedRow[] = [];
  for (const source of sources) {
    const alone = checkRow(source, luhn);
    const row = isRejected(alone) ? alone : duplicates.check(alone);
    if (isRejected(row)) rejected.push(row);
    else rows.push(row);
  }
  return { rows, rejected };
}
