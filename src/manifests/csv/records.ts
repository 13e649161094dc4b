import { ManifestError } from '../errors.js';
import type { RowProblem } from '../rows.js';
import { longestRow, rowTooLong } from '../text/limits.js';
import type { Delimiter } from '../detected-format.js';
import { quotedRecord } from './quoted-record.js';

/** One record of a CSV file (RFC 4180). */
export interface CsvRecord {
  /** Line where the record starts. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault?: RowProblem | undefined;
}

/**
 * Splits a CSV file into records while its text arrives. Lines end with LF or CR LF. A line without quotes is simply split at the
 * delimiters, so that even a file with a million lines is read fast.
 */
export class CsvRecords {
  #rest = '';

  constructor(
    private readonly delimiter: Delimiter,
    private line: number,
  ) {}

  /** Returns the records that this text completes. @throws ManifestError if a record is too long */
  write(text: string): CsvRecord[] {
    const all = this.#rest + text;
    const records: CsvRecord[] = [];
    let at = 0;
    let quote = all.indexOf('"');
    for (;;) {
      const end = all.indexOf('\n', at);
      if (quote !== -1 && quote < at) quote = all.indexOf('"', at);
      if (quote !== -1 && (end === -1 || quote < end)) {
        const record = quotedRecord(all, at, this.delimiter);
        if (!('end' in record)) break;
        this.#add(records, all, at, record.end, record.cells, record.fault);
        at = record.end + 1;
      } else {
        if (end === -1) break;
        const last = all.charCodeAt(end - 1) === carriageReturn && end > at ? end - 1 : end;
        this.#add(records, all, at, end, all.slice(at, last).split(this.delimiter));
        at = end + 1;
      }
    }
    this.#rest = all.slice(at);
    if (this.#rest.length > longestRow) throw this.#endless();
    return records;
  }

  /** Returns the last record. @throws ManifestError if a quote is still open */
  end(): CsvRecord[] {
    if (this.#rest === '') return [];
    const records = this.write('\n');
    if (this.#rest !== '') throw this.#endless();
    return records;
  }

  #add(
    records: CsvRecord[],
    all: string,
    at: number,
    end: number,
    cells: readonly string[],
    fault?: RowProblem,
  ): void {
    if (end - at > longestRow) throw rowTooLong(this.line);
    records.push({ line: this.line, cells, fault });
    this.line++;
    // A quoted cell may contain line feeds.
    for (let feed = all.indexOf('\n', at); feed < end && feed !== -1; feed = all.indexOf('\n', feed + 1))
      this.line++;
  }

  #endless(): ManifestError {
    const record = quotedRecord(this.#rest, 0, this.delimiter);
    if ('end' in record || record.openColumn === undefined) return rowTooLong(this.line);
    return new ManifestError(
      'the quote that starts this cell is never closed',
      'close it, or remove it; double every quote inside quotes',
      { line: this.line, column: record.openColumn },
    );
  }
}

const carriageReturn = 0x0d;
