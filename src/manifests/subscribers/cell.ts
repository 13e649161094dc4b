import { Subscriber, subscriberSecrets } from '../../profiles/index.js';
import { spreadsheetProblem } from '../../base/written-number.js';
import { shown } from '../cells/shown.js';
import type { CellProblem } from '../cells/cell-problem.js';
import { isListColumn, type SubscriberColumn } from './columns.js';

interface Shape {
  readonly pattern?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: Shape;
}

const shapes = Subscriber.properties as Readonly<Record<string, Shape>>;

/** Why a cell is wrong. */
export interface WrongCell extends CellProblem {
  /** The wrong text, for the beginning of the message. Absent for secrets, and if the message already has the text. */
  readonly text?: string | undefined;
}

/** The value of a cell, or why the cell is wrong. */
export type SubscriberCell = { readonly value: unknown } | WrongCell;

export const isWrong = (cell: SubscriberCell): cell is WrongCell => 'message' in cell;

/** Reads a cell that is not empty. */
export const readSubscriberCell = (column: SubscriberColumn, text: string): SubscriberCell =>
  isListColumn(column) ? listIn(column, text) : valueIn(column, text);

const secrets: ReadonlySet<string> = new Set(subscriberSecrets);

function valueIn(column: SubscriberColumn, text: string): SubscriberCell {
  const shape = shapes[column]!;
  const value = column === 'algorithm' ? text.toLowerCase() : text;
  const fits = shape.enum ? shape.enum.includes(value) : new RegExp(shape.pattern ?? '').test(value);
  if (fits) return { value };
  const remedy = `give ${shape.description}`;
  if (secrets.has(column)) return { message: `has ${text.length} characters`, remedy };
  return { text: shown(text), message: 'is wrong', remedy, ...spreadsheetProblem(text) };
}

/** Values separated by blanks: networks, or keys as `A:1:5a8d…`. */
function listIn(column: SubscriberColumn, text: string): SubscriberCell {
  const words = text.split(/[\s;|]+/).filter(Boolean);
  if (column === 'suciKeys') return suciKeysIn(words);
  const { pattern = '', description } = shapes[column]!.items!;
  const wrong = words.find((word) => !new RegExp(pattern).test(word));
  return wrong === undefined
    ? { value: words }
    : {
        message: `'${shown(wrong)}' is not a network`,
        remedy: `give ${description}, separated by blanks`,
      };
}

function suciKeysIn(words: readonly string[]): SubscriberCell {
  const keys = words.map((word) => /^([AB]):(\d{1,3}):([0-9A-Fa-f]{64,130})$/.exec(word));
  const wrong = keys.findIndex((key) => key === null);
  if (wrong >= 0)
    return {
      message: `'${shown(words[wrong]!)}' is not a key for SUCIs`,
      remedy:
        'write each key as profile:id:key, such as A:1: and 64 hex digits; separate several keys by blanks',
    };
  return {
    value: keys.map((key) => ({ profile: key![1] as 'A' | 'B', id: Number(key![2]), key: key![3]! })),
  };
}
