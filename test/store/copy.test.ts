import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { copyDatabase, openStore, type CopyReport } from '../../src/store/index.js';
import { copiedTables, type CopiedTable, type Kind } from '../../src/store/copy/tables.js';
import { dataTables } from '../../src/store/postgres/index.js';
import { migrate } from '../../src/store/sqlite/migrate.js';
import { migrations } from '../../src/store/sqlite/migrations/index.js';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';
import { startProcess } from './processes.js';
import { released } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();

const sample: Readonly<Record<Kind, (row: number) => unknown>> = {
  integer: (row) => row,
  boolean: (row) => row % 2,
  text: (row) => ['a\0b\tc\\N\n', '🗻', ''][row % 3]! + String(row),
  octets: (row) => Buffer.alloc(row - 1, row),
};

interface Column {
  readonly name: string;
  readonly notnull: number;
  /** Place in the primary key, from 1. */
  readonly pk: number;
}

const columnsOf = (db: Database.Database, table: string): readonly Column[] =>
  db.prepare<[string], Column>('SELECT name, "notnull", pk FROM pragma_table_info(?)').all(table);

/** In this many rows of a table, every column has a value. The last one has no more than it needs. */
const rowsOf = ({ name }: CopiedTable): number => (name === 'open_batches' ? 1 : 3);

/** A file with rows in all tables, and values of all kinds. */
function filledFile(): string {
  const file = newFile();
  const db = new Database(file);
  migrate(db, file);
  for (const table of copiedTables) {
    const needed = new Set(
      columnsOf(db, table.name).flatMap(({ name, notnull, pk }) => (notnull === 1 || pk > 0 ? [name] : [])),
    );
    const column = (name: string): string =>
      name === 'position' && table.name === 'es2_calls' ? 'rowid' : name;
    for (let row = 1; row <= rowsOf(table); row++) {
      const isLast = row === 3;
      const given = table.columns.filter(([name]) => !isLast || needed.has(name) || name === 'position');
      const values = given.map(([name, kind]) =>
        name === 'batch' && table.name === 'batch_counts' ? 1 : sample[kind](row),
      );
      const places = given.map(() => '?').join(', ');
      const names = given.map(([name]) => column(name)).join(', ');
      db.prepare(`INSERT INTO ${table.name} (${names}) VALUES (${places})`).run(...values);
    }
  }
  // The number of a profile that was removed is not given out again.
  db.exec("UPDATE sqlite_sequence SET seq = 70 WHERE name = 'profiles'");
  db.close();
  return file;
}

/** A file with many Released profiles, for copies that take several transactions. */
async function fileOf(profiles: number): Promise<string> {
  const file = newFile();
  const store = await openStore(file);
  for (let at = 0; at < profiles; at += 5000)
    await store.createProfiles(
      Array.from({ length: Math.min(5000, profiles - at) }, (_, index) => released(at + index)),
    );
  await store.close();
  return file;
}

function contentOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  const names = [...copiedTables.map(({ name }) => name), 'sqlite_sequence'];
  const content = names.map((name) => {
    const order =
      name === 'sqlite_sequence' ? 'name' : copiedTables.find((table) => table.name === name)!.key;
    return [name, db.prepare(`SELECT * FROM ${name} ORDER BY ${String(order)}`).all()];
  });
  db.close();
  return Object.fromEntries(content);
}

const rowsIn = ({ tables }: CopyReport): number => tables.reduce((sum, { rows }) => sum + rows, 0);

/** Stops a copy after this many steps, as if the program had ended. */
async function interrupted(from: string, to: string, steps: number): Promise<void> {
  let left = steps;
  const report = (): void => {
    if (--left === 0) throw new Error('interrupted');
  };
  await expect(copyDatabase(from, to, { report })).rejects.toThrow('interrupted');
}

async function killed(from: string, to: string, afterLines: number): Promise<string> {
  const child = await startProcess('copying-process.ts', { FROM: from, TO: to });
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > afterLines) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output;
}

const engines = [
  ['SQLite to SQLite', () => Promise.resolve(newFile())],
  ...(withoutPostgres === undefined ? [['SQLite to PostgreSQL', () => freshSchema()] as const] : []),
] as const;

describe('the tables of a copy', () => {
  it('are all tables with data of SQLite, with all their columns', () => {
    const db = new Database(':memory:');
    migrate(db, ':memory:');
    const names = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    expect(copiedTables.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const { name, columns } of copiedTables) {
      const found = columnsOf(db, name).map((column) => column.name);
      const ours = columns
        .map(([column]) => column)
        .filter((column) => name !== 'es2_calls' || column !== 'position');
      expect([name, ...ours].sort()).toEqual([name, ...found].sort());
    }
    db.close();
  });

  it.skipIf(withoutPostgres !== undefined)('are those of PostgreSQL, in the same order', async () => {
    const ofBoth = dataTables.filter((table) => table !== 'profile_count_changes');
    expect(copiedTables.map(({ name }) => name)).toEqual(ofBoth);
    const address = await freshSchema();
    await (await openStore(address)).close();
    const schema = new URL(address).searchParams.get('schema');
    const types: Record<string, Kind> = {
      bigint: 'integer',
      boolean: 'boolean',
      text: 'text',
      bytea: 'octets',
    };
    const found = await query<{ table: string; column: string; type: string }>(
      address,
      `SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns
       WHERE table_schema = '${schema}'`,
    );
    for (const { name, columns } of copiedTables) {
      const theirs = found
        .filter(({ table }) => table === name)
        .map(({ column, type }) => [column, types[type]]);
      expect([name, ...theirs.map(String).sort()]).toEqual([name, ...columns.map(String).sort()]);
    }
  });
});

describe.each(engines)('a copy from %s', (_, newTarget) => {
  it('and back to a file has the same rows, and numbers on', async () => {
    const source = filledFile();
    const [middle, back] = [await newTarget(), newFile()];
    const there = await copyDatabase(source, middle);
    const again = await copyDatabase(middle, back);
    expect(there).toMatchObject({ outcome: 'copied', resumed: 0 });
    expect(again.tables).toEqual(there.tables);
    expect(rowsIn(there)).toBe(copiedTables.reduce((sum, table) => sum + rowsOf(table), 0));
    expect(contentOf(back)).toEqual(contentOf(source));
    for (const database of [middle, back]) {
      const store = await openStore(database);
      expect(await store.createProfiles([released(1)])).toMatchObject([{ id: 71 }]);
      await store.close();
    }
  });

  it('is not made again when it is there already, and refused over other data', async () => {
    const source = filledFile();
    const target = await newTarget();
    await copyDatabase(source, target);
    expect(await copyDatabase(source, target)).toMatchObject({ outcome: 'same', resumed: 0 });
    const store = await openStore(target);
    await store.nextNumber('another');
    await store.close();
    await expect(copyDatabase(source, target)).rejects.toThrow(/already holds other data \(table numbers\)/);
    await expect(copyDatabase(source, target, { restart: true })).rejects.toThrow(/holds other data/);
  });

  it('continues where it was interrupted, and no server starts before', async () => {
    const source = await fileOf(16_000);
    const target = await newTarget();
    await interrupted(source, target, 2);
    await expect(openStore(target)).rejects.toMatchObject({ failure: 'unfinished' });
    expect(await copyDatabase(source, target)).toMatchObject({ outcome: 'copied', resumed: 10_000 });
    const store = await openStore(target);
    expect((await store.listProfiles({}, { limit: 1 })).items).toHaveLength(1);
    await store.close();
  });

  it('survives SIGKILL at any step', async () => {
    const source = await fileOf(16_000);
    const target = await newTarget();
    const outputs: string[] = [];
    for (let lines = 1; outputs.length < 20 && !outputs.at(-1)?.includes('finished'); lines += 3)
      outputs.push(await killed(source, target, lines));
    expect(outputs.length).toBeGreaterThan(2);
    expect(outputs.at(-1)).toMatch(/finished \d+/);
    expect(await copyDatabase(source, target)).toMatchObject({ outcome: 'same' });
  }, 180_000);

  it('whose source has changed is not continued, but begun again', async () => {
    const source = await fileOf(11_000);
    const target = await newTarget();
    await interrupted(source, target, 2);
    const db = new Database(source);
    db.exec("UPDATE profiles SET label = 'changed' WHERE id = 7");
    db.close();
    await expect(copyDatabase(source, target)).rejects.toThrow(
      /has changed since the copy began \(table profiles\)/,
    );
    expect(await copyDatabase(source, target, { restart: true })).toMatchObject({
      resumed: 0,
      outcome: 'copied',
    });
  });

  it('of another source is not continued', async () => {
    const target = await newTarget();
    const first = await fileOf(11_000);
    await interrupted(first, target, 1);
    await expect(copyDatabase(filledFile(), target)).rejects.toThrow(
      `an unfinished copy of SQLite in ${first}`,
    );
  });

  it('notices a target that was corrupted, by its checksum', async () => {
    const source = await fileOf(11_000);
    const target = await newTarget();
    await interrupted(source, target, 2);
    const corruption = "UPDATE profiles SET matching_id = 'corrupted' WHERE id = 7";
    if (target.includes('://')) await query(target, corruption);
    else {
      const db = new Database(target);
      db.exec(corruption);
      db.close();
    }
    await expect(copyDatabase(source, target)).rejects.toThrow(
      /table profiles of .* differs .* 11,000 rows .* instead of 11,000/,
    );
    await expect(openStore(target)).rejects.toMatchObject({ failure: 'unfinished' });
  });

  it('is refused while a server uses the target', async () => {
    const target = await newTarget();
    const store = await openStore(target);
    await store.ping();
    await expect(copyDatabase(filledFile(), target)).rejects.toThrow(/is open in another process/);
    await store.close();
  });
});

describe('the source of a copy', () => {
  it('is refused while a server uses it, unless it is to be copied while it runs', async () => {
    const source = await fileOf(6000);
    const store = await openStore(source);
    await expect(copyDatabase(source, newFile())).rejects.toThrow(/Stop that process.*--while-running/);
    let isChanged = false;
    const target = newFile();
    const copied = await copyDatabase(source, target, {
      whileRunning: true,
      report: () => {
        if (!isChanged) void store.createProfiles([released(99_999)]);
        isChanged = true;
      },
    });
    expect(copied.tables[0]).toMatchObject({ table: 'profiles', rows: 6000 });
    expect((await store.profilesByIccid(released(99_999).iccid)).length).toBe(1);
    await store.close();
  });

  it('is locked, so that no server starts on it meanwhile', async () => {
    const source = filledFile();
    const failures: unknown[] = [];
    await copyDatabase(source, newFile(), {
      report: () => {
        if (failures.length > 0) return;
        try {
          new Database(source, { timeout: 0 }).pragma('journal_mode');
          failures.push(undefined);
        } catch (error) {
          failures.push((error as { code?: string }).code);
        }
      },
    });
    expect(failures).toEqual(['SQLITE_BUSY']);
  });

  it('has to exist, to be current, and to differ from the target', async () => {
    const [missing, old] = [newFile(), newFile()];
    await expect(copyDatabase(missing, newFile())).rejects.toMatchObject({ failure: 'missing' });
    writeFileSync(missing, '');
    await expect(copyDatabase(missing, newFile())).rejects.toMatchObject({ failure: 'missing' });
    await expect(copyDatabase(dirname(missing), newFile())).rejects.toMatchObject({ failure: 'missing' });
    const db = new Database(old);
    migrate(db, old, migrations.slice(0, 8));
    db.close();
    await expect(copyDatabase(old, newFile())).rejects.toThrow(/schema version 8.*mock-smdp migrate/);
    await expect(copyDatabase(old, old)).rejects.toThrow('the same database');
    await expect(copyDatabase(':memory:', old)).rejects.toThrow('in memory');
  });

  it.skipIf(withoutPostgres !== undefined)('on PostgreSQL is refused while a server uses it', async () => {
    const source = await freshSchema();
    const store = await openStore(source);
    await store.createProfiles([released(1)]);
    await expect(copyDatabase(source, newFile())).rejects.toThrow(/Stop that process.*--while-running/);
    const copied = await copyDatabase(source, newFile(), { whileRunning: true });
    expect(copied.tables[0]).toMatchObject({ table: 'profiles', rows: 1 });
    await store.close();
    expect(await copyDatabase(source, newFile())).toMatchObject({ outcome: 'copied' });
  });
});
