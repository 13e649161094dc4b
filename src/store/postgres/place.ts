import { StoreError } from '../errors.js';

/** The address of a database, from the setting `SMDP_DATABASE`. */
export interface Place {
  /** Connection string for `pg`. Contains the password. */
  readonly url: string;
  /** Host, port, database and schema, without user and password. */
  readonly name: string;
  /** The schema with the tables. Created if it is missing. */
  readonly schema: string;
  /** Maximum number of connections of this process. */
  readonly connections: number;
  /** Settings for each connection, from the address, as `-c name=value`. */
  readonly options: string;
}

const defaultConnections = 10;

const own = ['schema', 'connections', 'options'] as const;

/**
 * The parameters that `pg` understands. It ignores unknown parameters, so a misspelt `sslmode` would leave the connection without TLS.
 * `application_name` is missing, because `mock-smdp copy` recognises servers by the name that they set themselves.
 */
const ofPg: readonly string[] = [
  ...['host', 'port', 'user', 'password'],
  ...['ssl', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation', 'uselibpqcompat'],
  ...['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'query_timeout'],
];

/**
 * Reads a connection URL. Its parameters `schema`, `connections` and `options` are for the store. The rest goes to `pg`.
 *
 * @throws StoreError `unsupported`. Its message never repeats the URL, because the URL may contain a password
 */
export function placeOf(url: string): Place {
  if (!URL.canParse(url))
    throw unusable('is not a valid URL; write it as postgres://user:password@host:5432/database');
  const parsed = new URL(url);
  const schema = taken(parsed, 'schema') ?? 'public';
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw unusable(`names the schema '${schema}'; use lower-case letters, digits and _`);
  const connections = Number(taken(parsed, 'connections') ?? defaultConnections);
  if (!Number.isInteger(connections) || connections < 2 || connections > 1000)
    throw unusable('has an impossible number of connections; give 2 to 1000');
  const options = taken(parsed, 'options') ?? '';
  const unknown = [...parsed.searchParams.keys()].find((name) => !ofPg.includes(name));
  if (unknown !== undefined)
    throw unusable(
      `has the unknown parameter '${unknown.slice(0, 64)}'; leave it out. Known are: ${[...own, ...ofPg].join(', ')}`,
    );
  return { url: parsed.href, name: nameOf(parsed, schema), schema, connections, options };
}

function taken(url: URL, name: (typeof own)[number]): string | undefined {
  const value = url.searchParams.get(name) ?? undefined;
  url.searchParams.delete(name);
  return value;
}

function nameOf(url: URL, schema: string): string {
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  const database = url.pathname.slice(1) || url.username;
  const place = `${host}${url.port && `:${url.port}`}/${decodeURIComponent(database)}`;
  return schema === 'public' ? place : `${place}, schema ${schema}`;
}

const unusable = (problem: string): StoreError =>
  new StoreError('unsupported', `The address of the PostgreSQL database ${problem}`);
