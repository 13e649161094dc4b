import { facts, table, type Cell } from './output.js';

/** A schema, as far as its members are shown. */
interface Shape {
  readonly properties: Readonly<Record<string, object>>;
}

type Fact = readonly [label: string, cell: Cell];

/** How members are shown that are not shown by their name: under a label, as facts of their own, or not at all. */
type Way<T> = string | false | ((value: T) => readonly Fact[]);
export type FactWays<T> = { readonly [M in keyof T]?: Way<T> };

/** An answer, one line for each member of its schema. What is null or absent is left out. */
export const memberFacts = <T extends object>(
  { properties }: Shape,
  value: T,
  ways: FactWays<T> = {},
): string[] =>
  facts(
    Object.keys(properties).flatMap((name): readonly Fact[] => {
      const member = name as keyof T & string;
      const way: Way<T> | undefined = ways[member];
      if (way === false) return [];
      return typeof way === 'function' ? way(value) : [[way ?? wordsOf(name), cellOf(value[member])] as Fact];
    }),
  );

/** How columns are shown: under another heading, with other cells, or not at all. */
export type ColumnWays<T> = { readonly [M in keyof T]?: string | false | ((item: T) => Cell) };

/** Items of a list, a column for each member of their schema. */
export function memberTable<T extends object>(
  { properties }: Shape,
  items: readonly T[],
  ways: ColumnWays<T> = {},
): string[] {
  const names = (Object.keys(properties) as (keyof T & string)[]).filter((name) => ways[name] !== false);
  const heading = (name: keyof T & string): string => {
    const way = ways[name];
    return typeof way === 'string' ? way : wordsOf(name);
  };
  const cell = (item: T, name: keyof T & string): Cell => {
    const way = ways[name];
    return typeof way === 'function' ? way(item) : cellOf(item[name]);
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
