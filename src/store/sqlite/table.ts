import { columnOf, type Columns } from '../columns.js';

const sqlValue = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : (value ?? null));

/** `?, ?`: one placeholder per value. */
export const parameters = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** `INSERT INTO table (…) VALUES (?, …)` with all members. */
export function insertion<T>(table: string, columns: Columns<T>): string {
  const names = Object.values<string>(columns);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${parameters(names)})`;
}

/** The values of `record` in column order. */
export const values = <T extends object>(columns: Columns<T>, record: T): unknown[] =>
  Object.keys(columns).map((member) => sqlValue(record[member as keyof T]));

/**
 * `state = ?, eid = ?` with the values, for the members that are set. Undefined members are skipped.
 * @throws TypeError for a member without a column
 */
export function assignments<T extends object>(
  columns: Columns<T>,
  set: Partial<T>,
): { sql: string[]; values: unknown[] } {
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  return {
    sql: given.map(([member]) => `${columnOf(columns, member)} = ?`),
    values: given.map(([, value]) => sqlValue(value)),
  };
}

/** A row in which the named members are 0 or 1, because SQLite has no booleans. */
export type Row<T, Booleans extends keyof T> = Omit<T, Booleans> & { readonly [Member in Booleans]: number };
