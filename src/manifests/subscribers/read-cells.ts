import type { PreparationRequest } from '../../orders/index.js';
import { Subscriber, subscriberSecrets } from '../../profiles/index.js';
import { spreadsheetProblem } from '../../base/written-number.js';
import { shown } from '../cells/shown.js';
import { listColumns, orderColumns, type OrderColumn } from './columns.js';
import type { SubscriberProblem } from './problem.js';

export interface ReadRow {
  readonly request: PreparationRequest;
  readonly columnOf: ReadonlyMap<string, number>;
  readonly problems: readonly Omit<SubscriberProblem, 'line'>[];
}

interface Shape {
  readonly pattern?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: Shape;
}

const shapes = Subscriber.properties as Readonly<Record<string, Shape>>;

const isOrderColumn = (column: string): column is OrderColumn =>
  (orderColumns as readonly string[]).includes(column);

const isList = (column: string): boolean => (listColumns as readonly string[]).includes(column);

/** Reads the cells of one row. */
export function readCells(cells: readonly string[], columns: readonly (string | undefined)[]): ReadRow {
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
    if (isOrderColumn(column)) order[column] = text;
    else {
      const { value, problem, remedy } = isList(column) ? listIn(column, text) : valueIn(column, text);
      subscriber[column] = value;
      if (problem !== undefined)
        problems.push({ field: column, column: index + 1, message: problem, remedy });
    }
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

interface Cell {
  readonly value: unknown;
  readonly problem?: string;
  readonly remedy?: string;
}

const secrets: ReadonlySet<string> = new Set(subscriberSecrets);

function valueIn(column: string, text: string): Cell {
  const shape = shapes[column]!;
  const value = column === 'algorithm' ? text.toLowerCase() : text;
  const fits = shape.enum ? shape.enum.includes(value) : new RegExp(shape.pattern ?? '').test(value);
  if (fits) return { value };
  const quoted = secrets.has(column) ? `has ${text.length} characters` : `'${shown(text)}' is wrong`;
  const rounded = secrets.has(column) ? undefined : spreadsheetProblem(text);
  return {
    value: text,
    problem: rounded ? `'${shown(text)}' ${rounded.message}` : quoted,
    remedy: rounded?.remedy ?? `give ${shape.description}`,
  };
}

/** Values separated by blanks: networks, or keys such as `A:1:5a8d…`. */
function listIn(column: string, text: string): Cell {
  const words = text.split(/[\s;|]+/).filter(Boolean);
  if (column === 'suciKeys') return suciKeysIn(words);
  const { pattern = '', description } = shapes[column]!.items!;
  const wrong = words.find((word) => !new RegExp(pattern).test(word));
  return wrong === undefined
    ? { value: words }
    : {
        value: [],
        problem: `'${shown(wrong)}' is not a network`,
        remedy: `give ${description}, separated by blanks`,
      };
}

function suciKeysIn(words: readonly string[]): Cell {
  const keys = words.map((word) => /^([AB]):(\d{1,3}):([0-9A-Fa-f]{64,130})$/.exec(word));
  const wrong = keys.findIndex((key) => key === null);
  if (wrong >= 0)
    return {
      value: [],
      problem: `'${shown(words[wrong]!)}' is not a key for SUCIs`,
      remedy: 'give profile:id:key, such as A:1: and 64 hex digits, separated by blanks',
    };
  return {
    value: keys.map((key) => ({ profile: key![1] as 'A' | 'B', id: Number(key![2]), key: key![3]! })),
  };
}
