import { StoreError } from '../errors.js';
import { unfinishedCopy } from '../copy/unfinished.js';
import type { Connection } from './connection.js';
import { migrations, usableFrom } from './migrations/index.js';
import type { Queries } from './queries.js';

/** First key of `pg_advisory_xact_lock` for tasks that only one instance may do at a time. The second key is the task. */
export const lockOfTasks = 0x534d4450;

/** Everything that changes the schema takes this lock. */
export const oneAtATime = `SELECT pg_advisory_xact_lock(${lockOfTasks}, 0)`;
const columns = `
  SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = $1`;
/** The outcome of a migration cannot be looked up, because the table of commit marks may not exist yet. */
const options = { isPatient: true, isMarked: false };
const mark = `
  CREATE TABLE mock_smdp (version BIGINT NOT NULL, usable_from BIGINT NOT NULL);
  INSERT INTO mock_smdp VALUES (0, 0)`;
/** Adds the column `usable_from`, which the first builds did not create. */
const completeMark = 'ALTER TABLE mock_smdp ADD COLUMN usable_from BIGINT NOT NULL DEFAULT 1';
const readMark = 'SELECT version, usable_from AS "usableFrom" FROM mock_smdp';

interface Mark {
  readonly version: number;
  /** The lowest version whose builds can use the tables. */
  readonly usableFrom: number;
}

export interface MigrateOptions {
  readonly steps?: readonly string[];
  /** Whether the schema may be the unfinished target of a copy. */
  readonly isForCopy?: boolean;
}

/**
 * Migrates the schema to the current version, in one transaction. Another instance that starts at the same time waits, and then has nothing
 * to do. Leaves tables of a newer version as they are, if the table `mock_smdp` says that this build can use them.
 *
 * @returns the number of completed steps
 * @throws StoreError `foreign`, `newer`, `unfinished` or `unsupported`, before any change
 */
export async function migrate(
  connection: Connection,
  { steps = migrations, isForCopy = false }: MigrateOptions = {},
): Promise<number> {
  const { place } = connection;
  return connection.transaction(async (queries) => {
    await queries.first(oneAtATime);
    await refuseUnsupported(queries, place.name);
    const { state, isUnfinished } = await stateOf(queries, connection);
    if (isUnfinished && !isForCopy) throw unfinishedCopy(place.name);
    if (state === 'empty') await queries.script(`CREATE SCHEMA IF NOT EXISTS ${place.schema}; ${mark}`);
    if (state === 'of an early build') await queries.run(completeMark);
    const { version, usableFrom: oldest } = (await queries.first<Mark>(readMark))!;
    if (version > steps.length && oldest > steps.length) throw newer(place.name, version, steps.length);
    if (version >= steps.length) return 0;
    for (const step of steps.slice(version)) await queries.script(step);
    await queries.run('UPDATE mock_smdp SET version = $1, usable_from = $2', [steps.length, usableFrom]);
    return steps.length - version;
  }, options);
}

/** The version of the tables, or 0 if there are none. Changes nothing. @throws StoreError as {@link migrate} */
export async function readVersion(connection: Connection): Promise<number> {
  const { place } = connection;
  return connection.transaction(async (queries) => {
    await refuseUnsupported(queries, place.name);
    const { state, isUnfinished } = await stateOf(queries, connection);
    if (isUnfinished) throw unfinishedCopy(place.name);
    if (state === 'empty') return 0;
    const { version } = (await queries.first<Mark>('SELECT version FROM mock_smdp'))!;
    if (version > migrations.length) throw newer(place.name, version, migrations.length);
    return version;
  }, options);
}

interface Found {
  readonly state: 'empty' | 'of an early build' | 'ours';
  readonly isUnfinished: boolean;
}

/** The state of the schema. @throws StoreError `foreign` for tables of another program */
async function stateOf(queries: Queries, { place }: Connection): Promise<Found> {
  const found = await queries.all<{ table: string; column: string }>(columns, [place.schema]);
  const ofMark = found.filter(({ table }) => table === 'mock_smdp');
  if (ofMark.length === 0 && found.length > 0) throw foreign(place.name, place.schema);
  const isComplete = ofMark.some(({ column }) => column === 'usable_from');
  return {
    state: ofMark.length === 0 ? 'empty' : isComplete ? 'ours' : 'of an early build',
    isUnfinished: found.some(({ table }) => table === 'unfinished_copy'),
  };
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
      `The database ${name} has the encoding ${found.encoding}; create a database with createdb --encoding UTF8`,
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
    `${name} has schema version ${version}, made by a newer mock-smdp; this mock-smdp knows versions up to ${known}. ` +
      'Use the newer program, or another database',
  );
