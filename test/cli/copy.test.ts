import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { describeProgress } from '../../src/cli/copy-command.js';
import { progressView } from '../../src/cli/progress-view.js';
import { isOnPostgres } from '../support/postgres/either-engine.js';
import { freshSchema, withoutPostgres } from '../support/postgres/index.js';
import { whenDone } from '../support/when-done.js';
import { cli } from './support/run.js';
import { temporaryFolder } from './support/server.js';

const folder = temporaryFolder();
whenDone(() => folder.remove());

async function filled(name: string): Promise<string> {
  const file = folder.path(name);
  const store = await openStore(file);
  await store.nextNumber('copied');
  await store.close();
  return file;
}

// With SMDP_TEST_DATABASE=postgres, `openStore(file)` opens a schema, so there is no SQLite file to copy.
describe.skipIf(isOnPostgres)('mock-smdp copy', () => {
  it('copies, prints the tables with their checksums, and has nothing to do the second time', async () => {
    const [from, to] = [await filled('from.db'), folder.path('to.db')];
    const first = await cli('copy', '--from', from, '--to', to);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^TABLE +ROWS +CHECKSUM\nnumbers +1 +[0-9a-f]{16}\n\n/);
    expect(first.stdout).toContain(
      `Copied 1 rows from SQLite in ${from} to SQLite in ${to}. All counts and checksums agree.\n`,
    );
    const second = await cli('copy', '--from', from, '--to', to);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('already had the same 1 rows');
  });

  it.skipIf(withoutPostgres !== undefined)('copies to PostgreSQL and back, in JSON', async () => {
    const [from, middle] = [await filled('there.db'), await freshSchema()];
    const there = await cli('copy', '--from', from, '--to', middle, '--json');
    expect(there).toMatchObject({ code: 0, stderr: '' });
    expect(there.json()).toMatchObject({ outcome: 'copied', resumed: 0, rows: 1 });
    const back = await cli('copy', '--from', middle, '--to', folder.path('back.db'), '--json');
    const tables = (ran: typeof back): unknown => ran.json<{ tables: unknown }>().tables;
    expect(tables(back)).toEqual(tables(there));
  });

  it('refuses what it would overwrite with exit code 1', async () => {
    const [from, to] = [await filled('one.db'), await filled('two.db')];
    const store = await openStore(to);
    await store.nextNumber('copied');
    await store.close();
    const { code, stderr } = await cli('copy', '--from', from, '--to', to);
    expect(code).toBe(1);
    expect(stderr).toMatch(/already holds other data .* Give an empty database/);
  });

  it.each<[string[], string]>([
    [[], '--from'],
    [['--from', 'a.db'], '--to'],
    [['--from', ':memory:', '--to', 'a.db'], 'in memory'],
    [['--from', 'mysql://u:secret@h/d', '--to', 'a.db'], 'mysql'],
    [['--from', 'missing.db', '--to', 'a.db'], 'There is no database missing.db'],
    [['--from', 'package.json', '--to', 'a.db'], 'is not an SQLite database'],
    [['--from', 'src', '--to', 'a.db'], 'There is no database src'],
    [['--from', 'a.db', '--to', './a.db'], 'the same database'],
    [
      ['--from', 'postgres://u@h/d?foo=1', '--to', 'a.db'],
      "the unknown parameter 'foo'; leave it out. Known are: schema,",
    ],
  ])('refuses %j with exit code 2', async (args, hint) => {
    const { code, stderr } = await cli('copy', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain('secret');
  });
});

describe('the progress of a copy', () => {
  it('is a line every few seconds where there is no terminal', () => {
    const lines: string[] = [];
    let now = 0;
    const say = (line: string): void => void lines.push(line);
    const view = progressView(describeProgress, { isTerminal: false, elapsed: () => now, say });
    const step = { doing: 'copying', table: 'profiles', total: 4000 } as const;
    view.update({ ...step, done: 1000 });
    now = 6000;
    view.update({ ...step, done: 2000 });
    expect(lines).toEqual(['  copying profiles, 2,000 of 4,000 steps']);
  });
});
