import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { startTestServer, temporaryFolder, type Folder, type TestServer } from './support/server.js';

let folder: Folder;
let server: TestServer;
beforeAll(async () => {
  folder = temporaryFolder();
  server = await startTestServer();
  const made = await cli(
    ...[
      'subscribers',
      'generate',
      '--count',
      '2',
      '--imsi',
      '999700000000001',
      '--seed',
      'lab',
      '--pool',
      'lab',
    ],
    ...server.api,
  );
  expect(made.code).toBe(0);
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

it.each([
  ['', /list: the file is empty\n +write a first row with the names of the columns: iccid, .*imsi/],
  ['name,value\nx,y\n', /line 1, column 1: the heading 'name' is not known\n +the columns are iccid, .*imsi/],
])('says what to write into a list that begins with %j', async (content, message) => {
  const list = folder.path('list.csv');
  writeFileSync(list, content);
  const { code, stderr } = await cli('subscribers', 'import', list, ...server.api);
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
});

const exported = (...options: readonly string[]) => cli('subscribers', 'export', ...options, ...server.api);

it('writes the subscribers of a pool to a file', async () => {
  const out = folder.path('user_db.csv');
  expect(await exported('--pool', 'lab', '--for', 'srsran', '--out', out)).toMatchObject({
    code: 0,
    stdout: '',
  });
  expect(readFileSync(out, 'utf8')).toMatch(
    /^#Name.*\nue1,mil,999700000000001,.*\nue2,mil,999700000000002,.*\n$/,
  );
});

it('writes nothing if no subscriber matches, and says so', async () => {
  const out = folder.path('none.csv');
  const toFile = await exported('--pool', 'labb', '--for', 'srsran', '--out', out);
  expect(toFile).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No subscriber matches') as string,
  });
  expect(existsSync(out)).toBe(false);
  expect(await exported('--pool', 'labb', '--for', 'open5gs')).toMatchObject({ code: 1, stdout: '' });
});

it('says which key an export for an HLR needs', async () => {
  const ran = await exported('--pool', 'lab', '--for', 'hlr');
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('give the AES key under which K and OPc are encrypted, 32 or 64 hex digits');
});
