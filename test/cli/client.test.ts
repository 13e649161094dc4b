import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

const run = promisify(execFile);

/** `NotRequired` came with Python 3.11. */
const hasPython = spawnSync('python3', ['-c', 'from typing import NotRequired']).status === 0;

let server: TestServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-'));
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

const written = async (kind: string): Promise<string> =>
  (await cli('client', kind, '--server', server.operatorUrl)).stdout;

interface PostmanFolder {
  readonly item: readonly {
    readonly name: string;
    readonly request: {
      readonly method: string;
      readonly header: readonly {
        readonly key: string;
        readonly value: string;
        readonly disabled?: boolean;
      }[];
      readonly body?: { readonly raw: string };
      readonly url: { readonly raw: string };
    };
  }[];
}

describe('mock-smdp client', () => {
  it.skipIf(!hasPython)('python writes a module that prepares, refuses and downloads', async () => {
    writeFileSync(join(folder, 'mock_smdp.py'), await written('python'));
    writeFileSync(
      join(folder, 'use.py'),
      `
import sys
from mock_smdp import MockSmdp, MockSmdpError

smdp = MockSmdp(sys.argv[1], namespace="python-1")
profile = smdp.post_profiles({"label": "from Python"})
smdp.post_faults({"function": "authenticateClient", "refuse": "8.1/4.8", "times": 1})
smdp.post_devices({"name": "anna"})
for expected in ("failed", "done"):
    operation = smdp.post_devices_by_device_download("anna", {"activationCode": profile["activationCode"]}, wait="true")
    print(operation["state"])
print([one["label"] for one in smdp.get_profiles(state=["Installed", "Error"])["items"]])
print(MockSmdp(sys.argv[1], namespace="python-2").get_profiles()["items"])
print(smdp.get_profiles_by_iccid_qr_png(profile["iccid"])[1:4])
smdp.delete_devices_by_device("anna")
try:
    smdp.get_devices_by_device("anna")
except MockSmdpError as error:
    print(error.status, error)
`,
    );
    const { stdout } = await run('python3', ['use.py', server.operatorUrl], { cwd: folder });
    expect(stdout.split('\n')).toEqual([
      'failed',
      'done',
      "['from Python']",
      '[]',
      "b'PNG'",
      expect.stringMatching(/^404 404: .*anna/) as string,
      '',
    ]);
  });

  it('postman writes a collection whose requests the server knows', async () => {
    const { item } = JSON.parse(await written('postman')) as { item: readonly PostmanFolder[] };
    const requests = item.flatMap((group) => group.item);
    expect(requests.length).toBeGreaterThan(100);
    for (const { name, request } of requests.filter(({ request: { method } }) => method !== 'GET')) {
      const path = request.url.raw.replace('{{operators}}', '').replace(/:\w+(?=\/|$)/g, '1');
      const headers = request.header.filter(({ disabled }) => disabled !== true);
      const answer = await fetch(server.operatorUrl + path, {
        method: request.method,
        headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
        ...(request.body && { body: request.body.raw }),
      });
      expect(answer.status, name).toBeLessThan(500);
      expect([405, 415], name).not.toContain(answer.status);
      expect(await answer.text(), name).not.toContain('there is no such path');
    }
  });

  it('openapi writes the document, for other generators', async () => {
    const document = JSON.parse(await written('openapi')) as { openapi: string };
    expect(document.openapi).toBe('3.1.0');
  });

  it('says which kinds there are', async () => {
    expect(await cli('client', 'cobol')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('python, postman, openapi') as string,
    });
  });
});
