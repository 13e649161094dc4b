import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { startTestServer, temporaryFolder, type Folder, type TestServer } from './support/server.js';

let folder: Folder;
let server: TestServer;
beforeAll(async () => {
  folder = temporaryFolder();
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

function written(name: string, text: string): string {
  writeFileSync(folder.path(name), text);
  return folder.path(name);
}

it('applies a file with the files beside it, and says on the second time that all is there', async () => {
  written('eids.csv', '89049032000000000000010000000502\n');
  const lab = written(
    'lab.yaml',
    'profiles: [{ label: a }, { label: b }]\nmanifests: [{ file: eids.csv }]\n',
  );
  const first = await cli('seed', lab, ...server.api);
  expect(first).toMatchObject({ code: 0, stdout: `${lab}: added: 2 profiles, 1 manifest\n` });
  const second = await cli('seed', lab, ...server.api);
  expect(second.stdout).toBe(`${lab}: there already: 2 profiles, 1 manifest\n`);
});

it('finds a shipped seed by its name, and only looks on request', async () => {
  const ran = await cli('seed', 'intune-pool', '--dry-run', ...server.api);
  expect(ran.stdout).toContain('to be added: 2 profiles, 1 pool, 1 group of devices, 1 policy');
  expect(ran.stderr).toContain('nothing was changed');
});

it('says where a seed is wrong: file, line, column, member, and what to do', async () => {
  const wrong = written('wrong.yaml', 'profiles:\n  - label: a\n    state: Relesed\n');
  const { code, stderr } = await cli('seed', wrong, ...server.api);
  expect(code).toBe(1);
  expect(stderr).toContain(`${wrong}:3:5: profiles.0.state: must be one of`);
  expect(stderr).toContain('did you mean Released?');
});

it('exits with 2 for a name of which there is no seed, and for a missing file', async () => {
  const name = await cli('seed', 'failing-fleets', ...server.api);
  expect(name.code).toBe(2);
  expect(name.stderr).toContain('did you mean failing-fleet?');
  const none = await cli('seed', folder.path('none.yaml'), ...server.api);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no file') as string });
  const directory = await cli('seed', folder.path('.'), ...server.api);
  expect(directory).toMatchObject({ code: 2, stderr: expect.stringContaining('is a folder') as string });
});

it('writes the state of a server to a file that only its owner can read', async () => {
  const out = folder.path('state.yaml');
  expect((await cli('export-seed', '--out', out, ...server.api)).code).toBe(0);
  expect(readFileSync(out, 'utf8')).toMatch(/^# yaml-language-server: .*\n# The state of .*\n\nprofiles:\n/);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const again = await cli('export-seed', '--out', out, ...server.api);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('already exists') as string });
});
