import {
  subscriberColumnNamed,
  subscriberDataColumns,
  type SubscriberColumn,
} from '../../manifests/index.js';
import { reduced } from '../../manifests/fields.js';
import { nearest } from '../../base/did-you-mean.js';
import { CodeListError, shortened } from './errors.js';
import { cellsOf } from './cells.js';

/** A column of a list with subscribers. */
export type CodeColumn = 'iccid' | 'matchingId' | SubscriberColumn;

/** The second row of a list with subscribers: the names of the columns. */
export interface SubscriberHeader {
  /** The column at each place. */
  readonly columns: readonly CodeColumn[];
  /** The number of each column, counted from 1. */
  readonly columnOf: ReadonlyMap<string, number>;
}

const ofCode: Readonly<Record<string, CodeColumn>> = { iccid: 'iccid', matchingid: 'matchingId' };

const named = (heading: string): CodeColumn | undefined =>
  ofCode[reduced(heading)] ?? subscriberColumnNamed(heading, true);

/** The line of the header, below the SM-DP+ address. */
export const headerLine = 2;

/**
 * Reads a row as the header of a list with subscribers: `iccid,matchingId,imsi,k,opc`. `undefined` if the row does not name the two columns
 * of a code and at least one further column.
 *
 * @throws CodeListError if a heading is unknown or occurs twice
 */
export function subscriberHeader(row: string): SubscriberHeader | undefined {
  if (/^[0-9]/.test(row)) return undefined;
  const headings = row.split(',').map((heading) => heading.trim().replace(/^"(.*)"$/, '$1'));
  const found = headings.map(named);
  const isHeader = ['iccid', 'matchingId'].every((column) => found.includes(column as CodeColumn));
  if (!isHeader || headings.length < 3) return undefined;
  const columns: CodeColumn[] = [];
  for (const [index, column] of found.entries()) {
    if (column === undefined) throw unknownHeading(headings[index]!, index + 1);
    if (columns.includes(column))
      throw headerError(index + 1, column, `the column ${column} occurs twice`, 'remove one of them');
    columns.push(column);
  }
  return { columns, columnOf: new Map(columns.map((column, index) => [column, index + 1])) };
}

/** The cells of a row, by their columns. Empty cells are absent. @throws ManifestError, CodeListError */
export function rowByColumn(
  row: string,
  line: number,
  { columns }: SubscriberHeader,
): ReadonlyMap<CodeColumn, string> {
  const cells = cellsOf(row, line);
  if (cells.length > columns.length)
    throw new CodeListError([
      {
        ...{ line, column: columns.length + 1, field: 'row' },
        message: `the row has ${cells.length} cells, but the header has ${columns.length}`,
        remedy: 'put values that contain a comma in quotes, or add a heading',
      },
    ]);
  return new Map(cells.flatMap((cell, index) => (cell === '' ? [] : [[columns[index]!, cell] as const])));
}

function unknownHeading(heading: string, column: number): CodeListError {
  const meant = nearest(heading, ['iccid', 'matchingId', ...subscriberDataColumns]);
  const known = heading === '' ? 'the heading is empty' : `the heading '${shortened(heading)}' is not known`;
  return headerError(
    column,
    'row',
    `${known}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    'name iccid, matchingId, and columns of subscribers such as imsi, k and opc',
  );
}

const headerError = (
  column: number,
  field: CodeColumn | 'row',
  message: string,
  remedy: string,
): CodeListError => new CodeListError([{ line: headerLine, column, field, message, remedy }]);
