import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog, resolveConfig, startServer } from '../../src/server/index.js';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';

const certs = await testPkiFolder();
const folder = temporaryFolder();
const manifest = join(folder, 'eids.csv');
writeFileSync(manifest, 'eid\n89049032123451234512345678901235\n');

/** Starts a server on a database and stops it. @returns its warnings about the seed, and the demo profile */
async function start(database: string, seed: string) {
  const { config } = resolveConfig(
    {},
    {
      ...{ host: '127.0.0.1', port: '0', adminPort: '0', tls: 'off', address: 'localhost' },
      ...{ database: join(folder, database), seed, certs },
    },
  );
  const server = await startServer(config, createLog('silent'));
  await server.close();
  return { said: server.warnings.filter((text) => text.includes('SMDP_SEED')), demo: server.demoProfile };
}

it('the demo profile is there at the second start, too', async () => {
  const first = await start('demo.db', 'demo');
  const second = await start('demo.db', 'demo');
  expect(first.demo).toBeDefined();
  expect(second).toEqual({ said: [], demo: expect.objectContaining({ iccid: first.demo!.iccid }) as object });
});

it.each([
  ['demo', 'none', /'none', but the server seeds only an empty database.* including the demo profile/],
  ['demo', manifest, /the manifest is not imported.* manifest import /],
  [manifest, 'demo', /the demo profile is not added.* profile create --matching-id DE301-/],
])('a seed that was changed from %s to %s is said', async (before, after, warning) => {
  const database = `${before.length}-${after.length}.db`;
  await start(database, before);
  const { said } = await start(database, after);
  expect(said).toEqual([expect.stringMatching(warning)]);
});

it('nothing is said of the same manifest, nor of a database that began empty', async () => {
  await start('same.db', manifest);
  expect((await start('same.db', manifest)).said).toEqual([]);
  await start('empty.db', 'none');
  expect((await start('empty.db', 'none')).said).toEqual([]);
});
