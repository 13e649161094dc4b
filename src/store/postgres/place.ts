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
  return { url: parsed.href, name: nameOf(parsed, schema), schema, connections, options };
}

function taken(url: URL, name: string): string | undefined {
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
