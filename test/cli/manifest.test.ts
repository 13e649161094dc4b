import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeProgress } from '../../src/cli/manifest/describe-progress.js';
import { rejectedPath } from '../../src/cli/manifest/rejected-file.js';
import { progressView } from '../../src/cli/progress-view.js';
import { cli } from './support/run.js';
import { deserted, startTestServer, type TestServer } from './support/server.js';
import { eid, eids } from '../manifests/support/files.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none', SMDP_TLS: 'off' });
});
afterAll(() => server.close());

let files = 0;
/** A new file with this content. */
function file(content: string, extension = 'csv'): string {
  const path = server.folder.path(`${++files}.${extension}`);
  writeFileSync(path, content);
  return path;
}

const manifest = (...args: string[]) => cli('manifest', ...args, ...server.api);

describe('manifest import', () => {
  it('says how the file is understood, and what came of it; and the second time that nothing changed', async () => {
    const path = file(`EID;Ort;Label\n${eid(1)};x;a\n${eid(2)};y;b\n`);
    const first = await manifest('import', path);
    expect(first).toMatchObject({ code: 0, stdout: '2 rows imported: 2 new, 0 already imported.\n' });
    expect(first.stderr).toBe(
      "CSV in UTF-8, columns separated by semicolon\ncolumn 1 'EID': eid\ncolumn 3 'Label': label\nignored: 'Ort'\n",
    );
    const second = await manifest('import', path);
    expect(second.stdout).toBe('Nothing changed: all 2 rows were already imported.\n');
  });

  it('gives devices the subscribers of their rows, and the core network the same', async () => {
    const imsi = '999700000000070';
    const path = file(`eid,imsi,spn\n${eid(70)},${imsi},Lab\n`);
    const refused = await manifest('import', path);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('line 2: k: there is no K; give a K, or a seed');
    expect((await cli('manifest', 'validate', path)).code).toBe(1);
    expect((await cli('manifest', 'validate', path, '--seed', 'lab')).stdout).toBe('1 rows, all correct.\n');
    const ran = await manifest('import', path, '--seed', 'lab');
    expect(ran.stderr).toContain("column 2 'imsi': imsi\ncolumn 3 'spn': spn");
    expect(ran.stdout).toBe('1 rows imported: 1 new, 0 already imported.\n');
    const [profile] = await server.store.profilesForEid(eid(70));
    const { k, opc } = JSON.parse(profile!.personal!) as { k: string; opc: string };
    const exported = await cli('subscribers', 'export', '--for', 'open5gs-dbctl', ...server.api);
    expect(exported.stdout).toContain(`open5gs-dbctl add ${imsi} ${k} ${opc}\n`);
    const shown = await cli('subscribers', 'list', ...server.api);
    expect(shown.stdout).toContain(imsi);
    expect(`${ran.stdout}${ran.stderr}${shown.stdout}`).not.toContain(k);
  });

  it('has a template with subscribers, which can be imported', async () => {
    const template = await cli('manifest', 'template', '--subscribers');
    expect(template.stdout).toMatch(/^eid,.*,imsi,k,opc\n/);
    const ran = await manifest('import', file(template.stdout), '--dry-run');
    expect(ran.stdout).toContain('4 rows: 4 new');
  });

  it('only checks in a dry run', async () => {
    const ran = await manifest('import', file(eids(10, 2)), '--dry-run');
    expect(ran.stdout).toBe('2 rows: 2 new, 0 already imported. This was a dry run: nothing was imported.\n');
    expect(await server.store.profilesForEid(eid(10))).toEqual([]);
  });

  it('imports nothing where a row is wrong, and says which and why', async () => {
    const ran = await manifest('import', file(`eid\n${eid(20)}\n8.9049E+31\n`));
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain(
      "line 3: column 1, eid '8.9049E+31': is a number that a spreadsheet has shortened",
    );
    expect(ran.stderr).toContain('mock-smdp: Nothing was imported: 1 of 2 rows are wrong.');
    expect(await server.store.profilesForEid(eid(20))).toEqual([]);
  });

  it('writes rows that it leaves out to a file, which can be corrected and imported', async () => {
    const path = file(`eid,label\n${eid(30)},a\n12,b\n`);
    const ran = await manifest('import', path, '--skip-bad-rows');
    const rejected = path.replace('.csv', '.rejected.csv');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe(
      `2 rows imported: 1 new, 0 already imported.\n1 rows were rejected. Correct them in ${rejected}, and import that file.\n`,
    );
    const list = readFileSync(rejected, 'utf8');
    writeFileSync(rejected, list.replace(',12,b', `,${eid(31)},b`));
    expect(await manifest('import', rejected)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 new') as string,
    });
    expect(await server.store.profilesForEid(eid(31))).toMatchObject([{ label: 'b' }]);
  });

  it('never overwrites such a file, and makes none where nothing is rejected', async () => {
    const path = file(`eid\n${eid(40)}\n`);
    const rejected = server.folder.path('mine.csv');
    expect((await manifest('import', path, '--skip-bad-rows', '--rejected', rejected)).code).toBe(0);
    expect(existsSync(rejected)).toBe(false);
    writeFileSync(rejected, 'corrections');
    const ran = await manifest('import', path, '--skip-bad-rows', '--rejected', rejected);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toContain('mine.csv already exists, and this command does not overwrite it');
    expect(readFileSync(rejected, 'utf8')).toBe('corrections');
  });

  it('takes NDJSON by its name, and the options for all rows', async () => {
    const path = file(`{"eid":"${eid(50)}","ort":"x"}\n`, 'ndjson');
    const ran = await manifest('import', path, '--pool', 'p', '--label', 'l', '--profile-type', 'Test');
    expect(ran).toMatchObject({
      code: 0,
      stderr: 'NDJSON in UTF-8: one JSON object per line\nignored: ort\n',
    });
    expect(await server.store.profilesForEid(eid(50))).toMatchObject([
      { pool: 'p', label: 'l', profileType: 'Test' },
    ]);
  });

  it('gives scripts one JSON value, and says nothing else', async () => {
    const good = await manifest('import', file(eids(60, 2)), '--json');
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.json()).toMatchObject({ outcome: 'imported', added: 2, understood: { format: 'csv' } });
    const bad = await manifest('import', file('eid\n1\n'), '--json');
    expect(bad.code).toBe(1);
    expect(bad.json()).toMatchObject({ outcome: 'refused', rejectedRows: [{ line: 2 }] });
    const refused = await manifest('import', file('iccid\n1\n'), '--json');
    expect(refused.json()).toMatchObject({
      status: 422,
      detail: expect.stringContaining('no column is named eid') as string,
    });
  });

  it.each([
    ['a missing file', 2, ['nothing.csv'], /nothing\.csv/],
    [
      'a profile type that there is not',
      2,
      ['--profile-type', 'nothing'],
      /there is no profile type 'nothing'/,
    ],
    ['a file that is no manifest', 1, ['--format', 'ndjson'], /declared as NDJSON, but it starts like CSV/],
  ])('says what is the matter with %s', async (_, code, args, message) => {
    const path = args[0]?.startsWith('--') ? [file(eids(70, 1))] : [];
    const ran = await manifest('import', ...path, ...args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(message);
  });

  it('says what to do where no server answers', async () => {
    const ran = await cli('manifest', 'import', file(eids(80, 1)), '--server', `http://${await deserted()}`);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('No server answers at');
  });
});

describe('manifest validate', () => {
  it('checks a file without a server', async () => {
    expect(await cli('manifest', 'validate', file(eids(1, 5)))).toMatchObject({
      code: 0,
      stdout: '5 rows, all correct.\n',
    });
    const wrong = await cli('manifest', 'validate', file(`${eids(1, 2)}${eid(1)}\n`), '--json');
    expect(wrong.code).toBe(1);
    expect(wrong.json()).toMatchObject({ outcome: 'refused', rows: 3, rejected: 1 });
    const none = await cli('manifest', 'validate', file('PK\x03\x04'));
    expect(none.stderr).toContain('not text but an Excel workbook');
  });
});

describe('manifest template', () => {
  it('prints the manifest that comes with the project, which can be imported', async () => {
    const { stdout } = await cli('manifest', 'template');
    expect(stdout).toBe(readFileSync(new URL('../../data/manifest.example.csv', import.meta.url), 'utf8'));
    expect((await manifest('import', file(stdout))).code).toBe(0);
  });
});

describe('the progress of an import', () => {
  it('is told in rows, rate and time left', () => {
    const facts = (rows: number, octets: number, size: number | undefined, seconds: number): string =>
      describeProgress(size)({ rows, octets }, seconds).text;
    expect(facts(250_000, 2_500_000, 10_000_000, 4)).toBe('250,000 rows, 62,500 a second, 12 s left');
    expect(facts(10, 340, 34_000_000, 1)).toBe('10 rows, 10 a second, 1667 min left');
    expect(facts(5, 170, undefined, 0.001)).toBe('5 rows, 5,000 a second');
  });

  it('is a line now and then where there is no terminal', async () => {
    let now = 0;
    const ran: string[] = [];
    const { vi } = await import('vitest');
    const spy = vi.spyOn(console, 'error').mockImplementation((line: string) => void ran.push(line));
    const view = progressView(describeProgress(1000), { isTerminal: false, elapsed: () => now });
    for (now = 0; now <= 11_000; now += 1000) view.update({ rows: now, octets: now / 20 });
    spy.mockRestore();
    expect(ran).toEqual([
      '  5,000 rows, 1,000 a second, 15 s left',
      '  10,000 rows, 1,000 a second, 10 s left',
    ]);
  });

  it('is kept beside the manifest where rows are rejected', () => {
    expect(['a/b.csv', 'eids', '-', 'x.jsonl'].map(rejectedPath)).toEqual([
      'a/b.rejected.csv',
      'eids.rejected.csv',
      'rejected.csv',
      'x.rejected.jsonl',
    ]);
  });
});
