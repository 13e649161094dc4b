import { StoreError } from '../errors.js';
import type { Connection } from './connection.js';
import { migrations } from './migrations/index.js';
import type { Queries } from './queries.js';

/** First key of `pg_advisory_xact_lock` for tasks that only one instance may do at a time. The second key is the task. */
export const lockOfTasks = 0x534d4450;

const oneAtATime = `SELECT pg_advisory_xact_lock(${lockOfTasks}, 0)`;
const tables = `SELECT table_name AS "name" FROM information_schema.tables WHERE table_schema = $1`;
/** Its outcome cannot be looked up, because the table of commit marks may not exist yet. */
const options = { isPatient: true, isMarked: false };
const mark = 'CREATE TABLE mock_smdp (version BIGINT NOT NULL)';

/**
 * Migrates the schema to the current version, in one transaction. Another instance that starts at the same time waits, and
 * then has nothing to do.
 *
 * @returns the number of completed steps
 * @throws StoreError `foreign`, `newer` or `unsupported`, before any change
 */
export async function migrate(
  connection: Connection,
  steps: readonly string[] = migrations,
): Promise<number> {
  const { place } = connection;
  return connection.transaction(async (queries) => {
    await queries.first(oneAtATime);
    await refuseUnsupported(queries, place.name);
    const names = (await queries.all<{ name: string }>(tables, [place.schema])).map(({ name }) => name);
    const isOurs = names.includes('mock_smdp');
    if (!isOurs && names.length > 0) throw foreign(place.name, place.schema);
    if (!isOurs) {
      await queries.run(`CREATE SCHEMA IF NOT EXISTS ${place.schema}`);
      await queries.run(mark);
      await queries.run('INSERT INTO mock_smdp VALUES (0)');
    }
    const version = (await queries.first<{ version: number }>('SELECT version FROM mock_smdp'))?.version ?? 0;
    if (version > steps.length) throw newer(place.name, version, steps.length);
    for (const step of steps.slice(version)) await queries.script(step);
    if (version < steps.length) await queries.run('UPDATE mock_smdp SET version = $1', [steps.length]);
    return steps.length - version;
  }, options);
}

/** The oldest version of PostgreSQL that the tests run with. */
const oldest = 15;

async function refuseUnsupported(queries: Queries, name: string): Promise<void> {
  const found = await queries.first<{ version: string; encoding: string }>(
    "SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding",
  );
  if (found === undefined) return;
  if (Number.parseInt(found.version, 10) < oldest)
    throw new StoreError(
      'unsupported',
      `${name} is PostgreSQL ${found.version}; version ${oldest} or newer is needed`,
    );
  if (found.encoding !== 'UTF8')
    throw new StoreError(
      'unsupported',
      `The database ${name} has the encoding ${found.encoding}; create one with createdb --encoding UTF8`,
    );
}

const foreign = (name: string, schema: string): StoreError =>
  new StoreError(
    'foreign',
    `The schema ${schema} of ${name} has tables of another program; name an empty database, or add ?schema=mock_smdp to SMDP_DATABASE`,
  );

const newer = (name: string, version: number, known: number): StoreError =>
  new StoreError(
    'newer',
    `${name} has schema version ${version}, made by a newer mock-smdp; this one knows versions up to ${known}. ` +
      'Use the newer program, or another database',
  );
