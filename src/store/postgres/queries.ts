import type { ClientBase, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { storableText } from './text.js';

/**
 * Sends statements on one connection, or on any connection. A statement may be sent before the answer to the preceding
 * statement.
 */
export interface Queries {
  all<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  first<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row | undefined>;
  /** @returns the number of rows that the statement changed */
  run(sql: string, values?: readonly unknown[]): Promise<number>;
}

/** Sends statements of one transaction. */
export interface TransactionQueries extends Queries {
  /** Runs several statements without parameters, separated by semicolons. */
  script(sql: string): Promise<void>;
}

/** A connection that can run COPY. It answers one statement before it takes the next. */
export type CopyClient = PoolClient;

/** Sends one statement. */
export type Send = (sql: string, values: readonly unknown[]) => Promise<QueryResult<QueryResultRow>>;

export const queriesBy = (send: Send): Queries => ({
  all: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    (await send(sql, values)).rows as unknown as readonly Row[],
  first: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    (await send(sql, values)).rows[0] as unknown as Row | undefined,
  run: async (sql, values = []) => (await send(sql, values)).rowCount ?? 0,
});

/**
 * Waits for statements that were sent one after the other. If several fail, throws the error of the earliest, because it made
 * the others fail.
 */
export async function allOf<const T extends readonly unknown[]>(
  sent: T,
): Promise<{ -readonly [Place in keyof T]: Awaited<T[Place]> }> {
  const settled = await Promise.allSettled(sent);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason as Error;
    return one.value;
  }) as { -readonly [Place in keyof T]: Awaited<T[Place]> };
}

/** Names of prepared statements. A connection parses each named statement once. */
const names = new Map<string, string>();
/**
 * Maximum number of named statements. Normally there are a few dozen, one for each set of changed or queried members. Further
 * statements are parsed each time.
 */
const namesKept = 500;

function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= namesKept) return known;
  const name = `s${names.size + 1}`;
  names.set(sql, name);
  return name;
}

/** Sends the statement on the connection `client`. */
export function sendOn(
  client: ClientBase,
  sql: string,
  values: readonly unknown[],
  timeout?: number,
): Promise<QueryResult<QueryResultRow>> {
  const name = nameOf(sql);
  return client.query({
    text: sql,
    values: values.map(parameter),
    ...(name === undefined ? {} : { name }),
    ...(timeout === undefined ? {} : { query_timeout: timeout }),
  });
}

/** Sends one or several statements without parameters. */
export const sendScript = (
  client: ClientBase,
  sql: string,
  timeout?: number,
): Promise<QueryResult<QueryResultRow>> =>
  client.query({ text: sql, ...(timeout === undefined ? {} : { query_timeout: timeout }) });

function parameter(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(parameter);
  return value;
}
