import type { Queries } from './queries.js';

/** The rows of a table whose indexed `column` is above `above` and at most `upTo`. */
export interface Span {
  readonly table: string;
  readonly column: string;
  readonly above: number;
  readonly upTo: number;
}

/** Removes up to `limit` rows of the span. @returns whether there may be more */
export async function removeSome(
  queries: Queries,
  { table, column, above, upTo }: Span,
  limit: number,
): Promise<boolean> {
  const rows = `SELECT ctid FROM ${table} WHERE ${column} > $1 AND ${column} <= $2 LIMIT $3 FOR UPDATE SKIP LOCKED`;
  const remove = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(${rows}))`;
  return (await queries.run(remove, [above, upTo, limit])) === limit;
}

/** The rows of the span except the `kept` rows with the highest values. */
export async function surplusOf(queries: Queries, span: Span, kept: number): Promise<readonly Span[]> {
  const { table, column, above, upTo } = span;
  const find = `
    SELECT ${column} AS "highest" FROM ${table} WHERE ${column} > $1 AND ${column} <= $2
    ORDER BY ${column} DESC LIMIT 1 OFFSET $3`;
  const found = await queries.first<{ highest: number }>(find, [above, upTo, kept]);
  return found ? [{ ...span, upTo: found.highest }] : [];
}
