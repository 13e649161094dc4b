import { longestRow } from '../text/limits.js';
import { readText } from '../text/read-text.js';
import { dialectOf, hasFirstLine } from './dialect.js';
import { CsvRecords, type CsvRecord } from './records.js';

/**
 * Reads the records of a CSV file with any columns, in any encoding and with any delimiter that spreadsheets write. Skips empty rows.
 * The needed memory does not depend on the size of the file.
 *
 * @param wanted what to write into the file, for the error about an empty file
 * @throws ManifestError if the file is empty or not text, or if a row is too long
 */
export async function* readCsvRecords(
  chunks: AsyncIterable<Uint8Array>,
  wanted?: string,
): AsyncGenerator<CsvRecord, void> {
  const file = await readText(chunks, wanted);
  let start = '';
  let records: CsvRecords | undefined;
  let lineEnds = (text: string): string => text;
  const begin = (): CsvRecord[] => {
    const { skip, delimiter, endsWithCr } = dialectOf(start);
    if (endsWithCr) lineEnds = (text) => text.replaceAll('\r', '\n');
    records = new CsvRecords(delimiter, skip.lines + 1);
    return records.write(lineEnds(start.slice(skip.characters)));
  };
  try {
    for await (const { text } of file.pieces) {
      if (records) {
        yield* filled(records.write(lineEnds(text)));
        continue;
      }
      start += text;
      if (hasFirstLine(start) || start.length > longestRow) yield* filled(begin());
    }
    if (!records) yield* filled(begin());
    yield* filled(records!.end());
  } finally {
    await file.pieces.return(undefined);
  }
}

/** Spreadsheets write an empty row as a row of delimiters. */
const filled = (records: readonly CsvRecord[]): CsvRecord[] =>
  records.filter(({ cells, fault }) => fault !== undefined || cells.some((cell) => cell.trim() !== ''));
