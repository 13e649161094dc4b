import { columnOf, type Columns } from '../columns.js';

/** `$3, $4`: `count` placeholders, numbered from `first`. */
export const placeholders = (count: number, first = 1): string =>
  Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');

/** `INSERT INTO table (…) VALUES ($1, …)` with all members. */
export function insertion<T>(table: string, columns: Columns<T>): string {
  const names = Object.values<string>(columns);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${placeholders(names.length)})`;
}

/** The values of `record` in column order. */
export const values = <T extends object>(columns: Columns<T>, record: T): unknown[] =>
  Object.keys(columns).map((member) => record[member as keyof T]);

/**
 * `state = $3, eid = $4` with the values, for the members that are set. Undefined members are skipped.
 *
 * @param first number of the first placeholder
 * @throws TypeError for a member without a column
 */
export function assignments<T extends object>(
  columns: Columns<T>,
  set: Partial<T>,
  first: number,
): { sql: string[]; values: unknown[] } {
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  return {
    sql: given.map(([member], index) => `${columnOf(columns, member)} = $${first + index}`),
    values: given.map(([, value]) => value),
  };
}
