import type { PreparationRequest } from '../../orders/index.js';
import { iccidProblem, canonicalIccid, isHexIccid, type LuhnCheck } from '../../wire/rsp/index.js';
import { readCsvRecords } from '../csv/read-records.js';
import { ManifestError } from '../errors.js';
import { shown } from '../cells/shown.js';
import {
  columnMeant,
  columnNamed,
  listColumns,
  orderColumns,
  subscriberColumns,
  type ListColumnName,
} from './columns.js';
import type { SubscriberProblem } from './problem.js';
import { readCells } from './read-cells.js';

/** One row of a list: the profile to make. */
export interface SubscriberRow {
  readonly line: number;
  /** The column of each member that the row has. */
  readonly columnOf: ReadonlyMap<string, number>;
  readonly request: PreparationRequest;
}

const wanted = `write a first row with the names of the columns: ${subscriberColumns.join(', ')}; then one subscriber per line, with at least an imsi`;

export interface SubscriberList {
  readonly rows: readonly SubscriberRow[];
  readonly problems: readonly SubscriberProblem[];
}

/** Maximum number of rows of a list. One transaction makes all profiles, so the number is limited. */
export const mostSubscribers = 10_000;

/**
 * Reads a list of subscribers: CSV with a header.
 *
 * @throws ManifestError if the file as a whole is wrong
 */
export async function readSubscribers(
  chunks: AsyncIterable<Uint8Array>,
  luhn: LuhnCheck = 'strict',
): Promise<SubscriberList> {
  let columns: readonly (ListColumnName | undefined)[] | undefined;
  const rows: SubscriberRow[] = [];
  const problems: SubscriberProblem[] = [];
  const seen = new Map<string, number>();
  let count = 0;
  for await (const { line, cells, fault } of readCsvRecords(chunks, wanted)) {
    if (!columns) {
      columns = columnsOf(cells, line);
      continue;
    }
    if (++count > mostSubscribers)
      throw new ManifestError(
        `the list has more than ${mostSubscribers} subscribers`,
        'split it into several files',
        { line },
      );
    if (fault) {
      problems.push({ line, ...fault });
      continue;
    }
    const read = readCells(cells, columns);
    const found = [
      ...read.problems,
      ...iccidProblems(read.request.iccid, luhn, read.columnOf),
      ...duplicates(read.request, line, seen, read.columnOf),
    ];
    problems.push(...found.map((problem) => ({ line, ...problem })));
    rows.push({ line, columnOf: read.columnOf, request: read.request });
  }
  if (count === 0)
    throw new ManifestError(
      'the list has no subscribers',
      'write one subscriber on each line below the header',
    );
  return { rows, problems };
}

function columnsOf(cells: readonly string[], line: number): readonly (ListColumnName | undefined)[] {
  const columns = cells.map((cell) => (cell.trim() === '' ? undefined : columnNamed(cell)));
  for (const [index, heading] of cells.entries()) {
    if (columns[index] !== undefined || heading.trim() === '') continue;
    const meant = columnMeant(heading.trim());
    throw new ManifestError(
      `the heading '${shown(heading)}' is not known${meant ? `; did you mean ${meant}?` : ''}`,
      `the columns are ${subscriberColumns.join(', ')}`,
      { line, column: index + 1 },
    );
  }
  columns.forEach((column, index) => {
    if (column === undefined || columns.indexOf(column) === index) return;
    throw new ManifestError(`the column ${column} occurs twice`, 'remove one of them', {
      line,
      column: index + 1,
    });
  });
  if (columns.includes('imsi')) return columns;
  throw new ManifestError(
    'no column is named imsi',
    `write a first row with the names of the columns: ${orderColumns.join(', ')}, imsi, k, opc, …, ${listColumns.join(', ')}`,
    { line },
  );
}

type RowProblem = Omit<SubscriberProblem, 'line'>;

function iccidProblems(
  given: string | undefined,
  luhn: LuhnCheck,
  columnOf: ReadonlyMap<string, number>,
): RowProblem[] {
  if (given === undefined || luhn !== 'strict') return [];
  const iccid = canonicalIccid(given);
  const oddity = isHexIccid(iccid) ? iccidProblem(iccid) : undefined;
  return oddity
    ? [
        {
          ...{
            field: 'iccid',
            column: columnOf.get('iccid'),
            message: `'${shown(given)}' ${oddity.message}`,
          },
          remedy: `${oddity.hint}; if the ICCIDs are correct as they are, use --luhn warn (luhn=warn)`,
        },
      ]
    : [];
}

/** Values that only one subscriber of a list may have. */
function duplicates(
  { iccid, matchingId, subscriber }: PreparationRequest,
  line: number,
  seen: Map<string, number>,
  columnOf: ReadonlyMap<string, number>,
): RowProblem[] {
  const values = { iccid: iccid && canonicalIccid(iccid), matchingId, imsi: subscriber?.imsi };
  return Object.entries(values).flatMap(([field, value]) => {
    if (!value) return [];
    const earlier = seen.get(`${field} ${value}`);
    if (earlier === undefined) seen.set(`${field} ${value}`, line);
    return earlier === undefined
      ? []
      : [
          {
            ...{ field, column: columnOf.get(field), message: `'${value}' is already on line ${earlier}` },
            remedy: 'keep only one of the two rows, or give another value',
          },
        ];
  });
}
