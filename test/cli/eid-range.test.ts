import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eidWithCheckDigits } from '../../src/wire/rsp/index.js';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

/** Of a manufacturer that the test PKI does not know. */
const foreign = (number: number): string => eidWithCheckDigits(`88044045${String(number).padStart(22, '0')}`);
const own = eidWithCheckDigits(`89049032${'0'.repeat(22)}`);

const warning =
  /^Warning: eid: the EUM certificates in the PKI folder cover only EIDs that begin with\s+89049032/m;

function manifestOf(name: string, eids: readonly string[]): string {
  const path = server.folder.path(name);
  writeFileSync(path, `eid\n${eids.join('\n')}\n`);
  return path;
}

describe('an EID that no known manufacturer may issue', () => {
  it('gets a warning from profile create, and the profile', async () => {
    const { code, stdout, stderr } = await cli('profile', 'create', '--eid', foreign(0), ...server.api);
    expect(code).toBe(0);
    expect(stdout).toContain(foreign(0));
    expect(stderr).toMatch(warning);
    expect(stderr.replace(/\s+/g, ' ')).toContain('a virtual device gets an EUM of its own for this EID');
  });

  it('gets no warning where a manufacturer may', async () => {
    const { code, stderr } = await cli('profile', 'create', '--eid', own, ...server.api);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('gets one warning for all rows from manifest import', async () => {
    const eids = Array.from({ length: 25 }, (_, row) => foreign(row + 1));
    const file = manifestOf('foreign.csv', eids);
    const { code, stdout, stderr } = await cli('manifest', 'import', file, ...server.api);
    const said = stdout + stderr;
    expect(code).toBe(0);
    expect(said.match(/the EUM certificates in the PKI folder cover only/g)).toHaveLength(1);
    expect(said).toMatch(/25 (?:of \d+ )?rows|lines? 2/);
  });

  it('gets a manufacturer of its own, with which the virtual device downloads', async () => {
    const { iccid, activationCode } = (await cli('profile', 'create', '--json', ...server.api)).json<{
      iccid: string;
      activationCode: string;
    }>();
    const device = ['--certs', server.folder.path('certs'), '--state', server.folder.path('foreign.json')];
    const ran = await cli('device', 'download', activationCode, '--eid', foreign(98), '--json', ...device);
    expect(ran.json()).toMatchObject({ outcome: 'installed', iccid, eid: foreign(98) });
  });

  it('is explained by the virtual device, with more causes than the PKI folder', async () => {
    const certs = server.folder.path('certs-without-ci-key');
    cpSync(server.folder.path('certs'), certs, { recursive: true });
    for (const curve of ['NIST', 'BRP']) rmSync(join(certs, `SK_CI_ECDSA_${curve}.pem`));
    const device = ['--certs', certs, '--state', server.folder.path('refused.json')];
    const { activationCode } = (await cli('profile', 'create', '--json', ...server.api)).json<{
      activationCode: string;
    }>();
    const { code, stderr } = await cli(
      ...['device', 'download', activationCode, '--eid', foreign(99), ...device],
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/begin with 89049032/);
    expect(stderr).not.toMatch(/Name the server's PKI folder with --certs/);
  });
});
