import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { migrations } from '../../src/store/sqlite/migrations/index.js';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';
import { whenDone } from '../support/when-done.js';
import { cli } from './support/run.js';
import { temporaryFolder } from './support/server.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const folder = temporaryFolder();
whenDone(() => folder.remove());

const current = migrations.length;

describe('mock-smdp migrate', () => {
  it('creates the tables, and then has nothing to do', async () => {
    const file = folder.path('new.db');
    const planned = await cli('migrate', '--database', file, '--dry-run');
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(planned.stdout).toBe(
      `SQLite in ${file} has no tables. They would be created with schema version ${current}.\n`,
    );
    expect(existsSync(file)).toBe(false);
    expect((await cli('migrate', '--database', file)).stdout).toBe(
      `SQLite in ${file} had no tables. They were created with schema version ${current}.\n`,
    );
    expect((await cli('migrate', '--database', file)).stdout).toBe(
      `SQLite in ${file} already has schema version ${current}. Nothing to do.\n`,
    );
  });

  it('takes the database from SMDP_DATABASE, and answers in JSON', async () => {
    const file = folder.path('environment.db');
    vi.stubEnv('SMDP_DATABASE', file);
    const ran = await cli('migrate', '--json');
    expect(ran.code).toBe(0);
    expect(ran.json()).toEqual({
      ...{ database: `SQLite in ${file}`, from: 0, to: current, change: 'created', dryRun: false },
    });
  });

  it('refuses a newer database with exit code 1, and says what to do', async () => {
    const file = folder.path('newer.db');
    await cli('migrate', '--database', file);
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    for (const flags of [[], ['--dry-run']]) {
      const { code, stderr } = await cli('migrate', '--database', file, ...flags);
      expect(code).toBe(1);
      expect(stderr).toMatch(/schema version 99, made by a newer mock-smdp.*Use the newer program/);
    }
  });

  it('refuses with exit code 2 to fill an empty file that is no database', async () => {
    const file = folder.path('eids.csv');
    writeFileSync(file, '');
    for (const flags of [[], ['--dry-run']]) {
      const { code, stderr } = await cli('migrate', '--database', file, ...flags);
      expect(code).toBe(2);
      expect(stderr.replace(/\s+/g, ' ')).toContain(
        'is an empty file, and .csv is not the ending of a database',
      );
    }
    expect(readFileSync(file).length).toBe(0);
  });

  it.each([':memory:', 'mysql://localhost/smdp', 'postgres://smdp:secret@[/smdp'])(
    'refuses %s with exit code 2',
    async (database) => {
      const { code, stderr } = await cli('migrate', '--database', database);
      expect(code).toBe(2);
      expect(stderr).not.toContain('secret');
    },
  );

  it.skipIf(withoutPostgres !== undefined)('creates the tables on PostgreSQL', async () => {
    const address = await freshSchema();
    const ran = await cli('migrate', '--database', address);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toMatch(/^PostgreSQL at .* had no tables\. They were created/);
    expect(await query(address, 'SELECT 1 AS one FROM mock_smdp')).toHaveLength(1);
  });
});
