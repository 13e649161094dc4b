import type { ManifestColumn } from '../headings.js';
import type { RowProblem, RowReader, SourceRow } from '../rows.js';
import { longestRow } from '../text/limits.js';
import { type Dialect, dialectOf, hasFirstLine } from './dialect.js';
import { columnsByField, readHeader, type Header } from './header.js';
import { CsvRecords, type CsvRecord } from './records.js';

/** Parses a CSV file while its text arrives. */
export class CsvReader implements RowReader {
  readonly unknownNames = [];
  #start = '';
  #dialect: Dialect | undefined;
  #records: CsvRecords | undefined;
  #header: Header | undefined;
  #columnOf: Partial<Record<ManifestColumn, number>> = {};

  get understood(): RowReader['understood'] {
    if (!this.#header || !this.#dialect) return undefined;
    const { hasHeader, columns, headings, ignored } = this.#header;
    return {
      format: 'csv',
      ...(headings.length > 1 && { delimiter: this.#dialect.delimiter }),
      hasHeader,
      columns,
      headings,
      ignored,
    };
  }

  write(text: string): SourceRow[] {
    if (this.#records) return this.#rows(this.#records.write(this.#lineEnds(text)));
    this.#start += text;
    return hasFirstLine(this.#start) || this.#start.length > longestRow ? this.#begin() : [];
  }

  end(): SourceRow[] {
    const before = this.#records ? [] : this.#begin();
    return [...before, ...this.#rows(this.#records?.end() ?? [])];
  }

  #begin(): SourceRow[] {
    this.#dialect = dialectOf(this.#start);
    const { skip, delimiter } = this.#dialect;
    this.#records = new CsvRecords(delimiter, skip.lines + 1);
    const text = this.#start.slice(skip.characters);
    this.#start = '';
    return this.#rows(this.#records.write(this.#lineEnds(text)));
  }

  #lineEnds(text: string): string {
    return this.#dialect?.endsWithCr ? text.replaceAll('\r', '\n') : text;
  }

  #rows(records: readonly CsvRecord[]): SourceRow[] {
    const rows: SourceRow[] = [];
    for (const record of records) {
      if (isEmpty(record)) continue;
      if (!this.#header) {
        this.#header = readHeader(record.cells, record.line);
        this.#columnOf = columnsByField(this.#header);
        if (this.#header.hasHeader) continue;
      }
      rows.push(this.#row(record, this.#header));
    }
    return rows;
  }

  #row({ line, cells, fault }: CsvRecord, header: Header): SourceRow {
    const values: Partial<Record<ManifestColumn, string>> = {};
    for (const { field, number } of header.columns) {
      const value = cells[number - 1]?.trim();
      if (value) values[field] = value;
    }
    const problem = fault ?? (cells.length > header.headings.length ? tooWide(cells, header) : undefined);
    return { line, values, columnOf: this.#columnOf, source: cells, problem };
  }
}

/** Spreadsheets write an empty row as a row of delimiters. */
const isEmpty = ({ cells, fault }: CsvRecord): boolean =>
  fault === undefined && cells.every((cell) => cell.trim() === '');

function tooWide(
  cells: readonly string[],
  { headings: { length: width }, hasHeader }: Header,
): RowProblem | undefined {
  const column = cells.findIndex((cell, index) => index >= width && cell.trim() !== '') + 1;
  if (column === 0) return undefined;
  return {
    field: 'row',
    column,
    message: `the row has ${column} columns, but ${hasHeader ? 'the header names' : 'the first row has'} ${width}`,
    remedy: 'put values that contain the delimiter in quotes, or add a heading',
  };
}
