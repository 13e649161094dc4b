import pg from 'pg';
import type { Place } from './place.js';
import { readableText } from './text.js';

/** Milliseconds to wait for PostgreSQL to accept a connection. */
const connectTimeout = 5_000;
/** Milliseconds to wait while other work uses all connections of the pool. */
const poolTimeout = 15_000;
/** Milliseconds after which PostgreSQL cancels a statement. */
const statementTimeout = 10_000;
/** Milliseconds without an answer after which a connection counts as dead. */
const answerTimeout = 15_000;

/** The name under which PostgreSQL shows the connections of a server. It includes the schema, unless the schema is `public`. */
export const applicationOf = ({ schema }: Place): string =>
  schema === 'public' ? 'mock-smdp' : `mock-smdp ${schema}`;

/** The settings of every connection to PostgreSQL. */
export const settingsOf = (place: Place): pg.ClientConfig => ({
  connectionString: place.url,
  application_name: applicationOf(place),
  connectionTimeoutMillis: connectTimeout,
  query_timeout: answerTimeout,
  keepAlive: true,
  options: [
    `-c search_path=${place.schema}`,
    `-c statement_timeout=${statementTimeout}`,
    `-c idle_in_transaction_session_timeout=${statementTimeout}`,
    place.options,
  ].join(' '),
  types: { getTypeParser },
});

/** The settings of a pool of such connections. */
export const poolSettingsOf = (place: Place, max: number): pg.PoolConfig => ({
  ...settingsOf(place),
  max,
  connectionTimeoutMillis: poolTimeout,
  Client: class extends pg.Client {
    constructor(settings?: pg.ClientConfig) {
      super({ ...settings, connectionTimeoutMillis: connectTimeout });
    }
  },
});

const bigint: number = pg.types.builtins.INT8;
const texts: readonly number[] = [pg.types.builtins.TEXT, pg.types.builtins.VARCHAR];

/** Parsers of column types. Numbers are below 2^53. Text may contain escaped characters. */
const getTypeParser = ((oid: number, format?: 'text'): unknown => {
  if (oid === bigint) return Number;
  return texts.includes(oid) ? readableText : pg.types.getTypeParser(oid, format);
}) as typeof pg.types.getTypeParser;
