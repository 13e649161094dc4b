import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { Cluster } from './cluster.js';

const given = inject('postgres');

/** Why tests with PostgreSQL are skipped, or `undefined` if there is one. */
export const withoutPostgres =
  given.url === undefined && given.folder === undefined
    ? 'no PostgreSQL: set SMDP_TEST_POSTGRES, or install postgresql'
    : undefined;

/** The address of the test run's PostgreSQL. Starts it if no test has done so. */
export async function postgresUrl(): Promise<string> {
  if (given.url !== undefined) return given.url;
  if (given.folder === undefined) throw new Error(withoutPostgres);
  const cluster = new Cluster(given.folder);
  await cluster.startOnce();
  return cluster.url;
}

/** The address of a new, empty schema. {@link dropSchema} removes it, else it goes with the server. */
export const freshSchema = async (name = `t_${randomBytes(8).toString('hex')}`): Promise<string> => {
  const url = new URL(await postgresUrl());
  url.searchParams.set('schema', name);
  url.searchParams.set('connections', '4');
  return url.href;
};

/** Runs statements in the schema of `address`, as another program would. */
export async function query<Row extends object>(address: string, sql: string): Promise<readonly Row[]> {
  const url = new URL(address);
  const schema = url.searchParams.get('schema') ?? 'public';
  for (const ours of ['schema', 'connections']) url.searchParams.delete(ours);
  const client = new pg.Client({ connectionString: url.href, options: `-c search_path=${schema}` });
  await client.connect();
  try {
    const answers: unknown = await client.query(sql);
    const last = Array.isArray(answers) ? (answers.at(-1) as pg.QueryResult) : (answers as pg.QueryResult);
    return last.rows as Row[];
  } finally {
    await client.end();
  }
}

export const dropSchema = async (address: string): Promise<void> => {
  const schema = new URL(address).searchParams.get('schema');
  await query(address, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
};
