import { facts, table, type Cell } from './output.js';

/** The part of a schema that names the members to show. */
interface Shape {
  readonly properties: Readonly<Record<string, object>>;
}

type Fact = readonly [label: string, cell: Cell];

/** How to show a member: with another label, as the facts that a function returns, or not at all (`false`). */
type Format<T> = string | false | ((value: T) => readonly Fact[]);
export type FactFormats<T> = { readonly [M in keyof T]?: Format<T> };

/** Turns an answer into facts, one for each member of its schema. Leaves out members that are null or absent. */
export const memberFacts = <T extends object>(
  { properties }: Shape,
  value: T,
  formats: FactFormats<T> = {},
): string[] =>
  facts(
    Object.keys(properties).flatMap((name): readonly Fact[] => {
      const member = name as keyof T & string;
      const format: Format<T> | undefined = formats[member];
      if (format === false) return [];
      return typeof format === 'function'
        ? format(value)
        : [[format ?? wordsOf(name), cellOf(value[member])] as Fact];
    }),
  );

/** How to show a column: with another heading, with other cells, or not at all (`false`). */
export type ColumnFormats<T> = { readonly [M in keyof T]?: string | false | ((item: T) => Cell) };

/** Turns the items of a list into a table with a column for each member of their schema. */
export function memberTable<T extends object>(
  { properties }: Shape,
  items: readonly T[],
  formats: ColumnFormats<T> = {},
): string[] {
  const names = (Object.keys(properties) as (keyof T & string)[]).filter((name) => formats[name] !== false);
  const heading = (name: keyof T & string): string => {
    const format = formats[name];
    return typeof format === 'string' ? format : wordsOf(name);
  };
  const cell = (item: T, name: keyof T & string): Cell => {
    const format = formats[name];
    return typeof format === 'function' ? format(item) : cellOf(item[name]);
  };
  return table(
    names.map(heading),
    items.map((item) => names.map((name) => cell(item, name))),
  );
}

const abbreviations: Readonly<Record<string, string>> = {
  ...{ iccid: 'ICCID', eid: 'EID', imei: 'IMEI', matchingId: 'MatchingID', transactionId: 'TransactionId' },
};

/** `downloadAttemptsLeft` as `download attempts left`. */
const wordsOf = (name: string): string =>
  abbreviations[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}
