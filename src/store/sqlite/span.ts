import type { Connection } from './connection.js';

/** The rows of a table whose indexed `column` is above `above` and at most `upTo`. */
export interface Span {
  readonly table: string;
  readonly column: string;
  readonly above: number;
  readonly upTo: number;
}

/** Removes up to `limit` rows of the span. @returns whether the span may have more rows */
export function removeSome(
  connection: Connection,
  { table, column, above, upTo }: Span,
  limit: number,
): boolean {
  const rows = `SELECT rowid FROM ${table} WHERE ${column} > ? AND ${column} <= ? LIMIT ?`;
  const remove = `DELETE FROM ${table} WHERE rowid IN (${rows})`;
  return connection.prepare(remove).run(above, upTo, limit).changes === limit;
}

/** The rows to remove if the span may keep only the `kept` rows with the highest values. */
export function surplusOf(connection: Connection, span: Span, kept: number): readonly Span[] {
  const { table, column, above, upTo } = span;
  const find = `
    SELECT ${column} AS "highest" FROM ${table} WHERE ${column} > ? AND ${column} <= ?
    ORDER BY ${column} DESC LIMIT 1 OFFSET ?`;
  const found = connection.prepare<{ highest: number }>(find).get(above, upTo, kept);
  return found ? [{ ...span, upTo: found.highest }] : [];
}
