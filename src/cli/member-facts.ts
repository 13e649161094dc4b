import { facts, table, type Cell } from './output.js';

/** The part of a schema that names the members to show. */
interface Shape {
  readonly properties: Readonly<Record<string, object>>;
}

type Fact = readonly [label: string, cell: Cell];

/** Exceptions for members: another label, facts made from them, or hidden. */
type Way<T> = string | false | ((value: T) => readonly Fact[]);
export type FactWays<T> = { readonly [M in keyof T]?: Way<T> };

/** Turns an answer into facts, one for each member of its schema. Omits members that are null or absent. */
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

/** Exceptions for columns: another heading, other cells, or hidden. */
export type ColumnWays<T> = { readonly [M in keyof T]?: string | false | ((item: T) => Cell) };

/** Turns the items of a list into a table with a column for each member of their schema. */
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
