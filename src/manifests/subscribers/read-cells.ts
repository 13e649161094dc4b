import type { PreparationRequest } from '../../orders/index.js';
import { isWrong, readSubscriberCell } from './cell.js';
import { isOrderColumn, type OrderColumn, type ListColumnName } from './columns.js';
import type { SubscriberProblem } from './problem.js';

export interface ReadRow {
  readonly request: PreparationRequest;
  readonly columnOf: ReadonlyMap<string, number>;
  readonly problems: readonly Omit<SubscriberProblem, 'line'>[];
}

/** Reads the cells of one row. */
export function readCells(
  cells: readonly string[],
  columns: readonly (ListColumnName | undefined)[],
): ReadRow {
  const columnOf = new Map<string, number>();
  const problems: Omit<SubscriberProblem, 'line'>[] = [];
  const order: Partial<Record<OrderColumn, string>> = {};
  const subscriber: Record<string, unknown> = {};
  for (const [index, cell] of cells.entries()) {
    const [column, text] = [columns[index], cell.trim()];
    if (text === '') continue;
    if (column === undefined) {
      problems.push({
        ...{
          field: 'row',
          column: index + 1,
          message: `the row has ${cells.length} cells, but the header has ${columns.length}`,
        },
        remedy: 'put values that contain the delimiter in quotes, or add a heading',
      });
      break;
    }
    columnOf.set(column, index + 1);
    if (isOrderColumn(column)) {
      order[column] = text;
      continue;
    }
    const read = readSubscriberCell(column, text);
    if (isWrong(read)) {
      const message = read.text === undefined ? read.message : `'${read.text}' ${read.message}`;
      problems.push({ field: column, column: index + 1, message, remedy: read.remedy });
    } else subscriber[column] = read.value;
  }
  if (!columnOf.has('imsi'))
    problems.push({
      ...{ field: 'imsi', column: columns.indexOf('imsi') + 1, message: 'is missing' },
      remedy: 'give every row an IMSI',
    });
  // A row with an EID needs no MatchingID: as in an EID manifest, the device finds its order by its EID.
  if (order.eid !== undefined) order.matchingId ??= '';
  return { request: { ...order, subscriber }, columnOf, problems };
}
