import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../cli/support/run.js';
import { startTestServer, type TestServer } from '../cli/support/server.js';
import { listOf, rowOf } from './support/codes.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

const pool = (...args: string[]) => cli('pool', ...args, ...server.api);

/** A file with this content. */
function file(name: string, content: string): string {
  const path = server.folder.path(name);
  writeFileSync(path, content);
  return path;
}

describe('mock-smdp pool', () => {
  it('says how to make the first one', async () => {
    expect((await pool('list')).stderr).toContain('pool create <name> --count 10');
  });

  it('imports and creates codes with subscribers', async () => {
    const [iccid] = rowOf(900).split(',');
    const rows = ['localhost', 'iccid,matchingId,imsi,spn', `${rowOf(900)},999700000000900,"Lab, east"`];
    const list = file('subscribers.csv', `${rows.join('\n')}\n`);
    const refused = await pool('import', list);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/line 3: there is no K\n +give a K, or a seed/);
    const imported = await pool('import', list, '--seed', 'lab', '--pins', 'drawn', '--naming', 'file');
    expect(imported.code).toBe(0);
    expect(imported.stderr).toContain("give it the list of 'pool export' instead");
    const [profile] = await server.store.profilesByIccid(iccid!);
    expect(JSON.parse(profile!.personal!)).toMatchObject({ imsi: '999700000000900', spn: 'Lab, east' });
    const created = await pool(
      'create',
      'drawn',
      '--count',
      '2',
      '--imsi',
      '999700000000901',
      '--spn',
      'Lab',
    );
    expect(created.stdout).toContain("Created 2 profiles in the pool 'drawn'.");
    const { stdout } = await cli('subscribers', 'list', '--pool', 'drawn', ...server.api);
    expect(stdout).toMatch(/999700000000901[^]*999700000000902/);
    for (const name of ['subscribers', 'drawn']) expect((await pool('delete', name)).code).toBe(0);
  });

  it('imports a list, exports the same, and follows its devices', async () => {
    const list = file('codes.csv', listOf(3, 'localhost'));
    const imported = await pool('import', list);
    expect(imported.code).toBe(0);
    expect(imported.stdout).toMatch(/pool +localhost\n.*SM-DP\+ +localhost\n.*codes +3\n.*created +3\n/);
    expect(imported.stderr).toContain('not fully qualified');

    const exported = await pool('export', 'localhost');
    expect(exported.stdout).toBe(listOf(3, 'localhost'));
    expect(exported.stderr).toContain('Wrote 3 codes to standard output; omitted: 0');

    const code = `LPA:1$${server.address}$${rowOf(1).split(',')[1]}`;
    expect((await cli('device', 'download', code, ...server.device)).code).toBe(0);
    const status = await pool('status', 'localhost', '--devices');
    expect(status.stdout).toMatch(
      /Device not synced +2\n.*Activation pending +0\n.*Active +1\n.*Total +3\n/s,
    );
    expect(status.stdout).toMatch(/^89049032\d{24} +\d{19} +Active +Disabled +\d{4}-/m);
    const lines = (await pool('status', 'localhost', '--csv')).stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('EID,ICCID,Status,Cellular status,Last contact');
    expect(lines).toHaveLength(4);

    const longer = await pool('import', file('codes.csv', listOf(5, 'localhost')), '--json');
    expect(longer.json()).toMatchObject({ created: 2, unchanged: 3 });
    expect((await pool('status', 'localhost', '--json')).json()).toMatchObject({
      total: 5,
      counts: { Active: 1 },
    });
    expect((await pool('delete', 'localhost')).stdout).toContain(
      'Kept 1 profiles that devices have downloaded',
    );
  });

  it('tells each line that is wrong, and what to do about it', async () => {
    const list = file('bad.csv', `https://localhost\n${rowOf(1)},\n`);
    const { code, stderr } = await pool('import', list);
    expect(code).toBe(1);
    expect(stderr).toContain('line 1, column 1: this is a URL');
    expect(stderr).toContain('line 2, column 3: a comma follows the MatchingID');
    expect(stderr).toContain('remove it: a row has one comma');
  });

  it('names the missing file', async () => {
    const { code, stderr } = await pool('import', server.folder.path('none.csv'));
    expect(code).toBe(2);
    expect(stderr).toContain('none.csv');
  });

  it('imports the example that comes with it', async () => {
    const example = fileURLToPath(new URL('../../data/pool.example.csv', import.meta.url));
    expect((await pool('import', example, '--dry-run', '--json')).json()).toMatchObject({
      codes: 3,
      created: 3,
    });
  });

  it('makes new codes, and splits those that are more than one list takes', async () => {
    expect((await pool('create', 'large', '--count', '1001', '--label', 'hall 3')).code).toBe(0);
    expect((await pool('list')).stdout).toMatch(/^large +1001 +- +-$/m);

    const whole = await pool('export', 'large');
    expect(whole.code).toBe(1);
    expect(whole.stderr).toContain('one list per provider');

    const output = server.folder.path('large.csv');
    const split = await pool('export', 'large', '--split', '--output', output);
    expect(split.code).toBe(0);
    expect(split.stderr).toContain('Warning: upload each file to a different tenant');
    const parts = [1, 2].map((part) =>
      readFileSync(output.replace('.csv', `-${part}.csv`), 'utf8').split('\n'),
    );
    expect(parts.map((lines) => lines.length)).toEqual([1002, 3]);
    expect(new Set(parts.flat()).size).toBe(1001 + 2);
    expect(existsSync(output)).toBe(false);
  });

  it('writes a sheet to print', async () => {
    await pool('create', 'paper', '--count', '4');
    const output = server.folder.path('sheet.html');
    const { code, stderr } = await pool('sheet', 'paper', '--output', output);
    expect([code, stderr]).toEqual([
      0,
      `Wrote 4 QR codes to ${output}. Open the file in a browser to print it.\n`,
    ]);
    expect(readFileSync(output, 'utf8')).toContain('<svg ');
  });

  it('knows the pool that was meant', async () => {
    await pool('create', 'workshop', '--count', '1');
    const { code, stderr } = await pool('status', 'workshpo');
    expect(code).toBe(1);
    expect(stderr).toContain("did you mean 'workshop'?");
  });
});
