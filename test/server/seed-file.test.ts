import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog, resolveConfig, startServer } from '../../src/server/index.js';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';
import { startForTest } from './support.js';

const certs = await testPkiFolder();
const folder = temporaryFolder();

function seed(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const lab = `
conduct: strict
profiles: [{ matchingId: LAB-1 }]
faults: [{ name: slow, function: authenticateClient, delay: 1000 }]
`;

it('a restart applies again what it has forgotten, and nothing else', async () => {
  const path = seed('lab.yaml', lab);
  const { config } = resolveConfig(
    {},
    {
      ...{ host: '127.0.0.1', port: '0', adminPort: '0', tls: 'off', address: 'localhost' },
      ...{ database: join(folder, 'lab.db'), seed: path, certs },
    },
  );
  const start = async (during: (server: Awaited<ReturnType<typeof startServer>>) => Promise<void>) => {
    const server = await startServer(config, createLog('silent'));
    await during(server);
    await server.close();
    return server.warnings.filter((text) => text.includes('SMDP_SEED'));
  };
  const names = async (server: Awaited<ReturnType<typeof startServer>>) => {
    const { body } = await server.control({ method: 'GET', path: '/faults' });
    return (JSON.parse(body) as { items: { name: string }[] }).items.map(({ name }) => name);
  };
  expect(
    await start(async (server) => {
      expect(server.seeded).toMatchObject({ name: path, items: { length: 3 } });
      expect(await names(server)).toEqual(['slow']);
    }),
  ).toEqual([]);
  expect(
    await start(async (server) => {
      expect(server.seeded).toBeUndefined();
      expect(await names(server)).toEqual(['slow']);
      expect((await server.control({ method: 'GET', path: '/conduct' })).body).toContain('strict');
    }),
  ).toEqual([]);
  seed('lab.yaml', lab.replace('LAB-1', 'LAB-2'));
  expect(await start(async () => undefined)).toEqual([
    expect.stringMatching(
      /only the clock, conduct, fault rules, scenarios and routes of the seed are applied.* mock-smdp seed /,
    ) as string,
  ]);
});

it('a reset returns to the seed, except for what is kept', async () => {
  const server = await startForTest({ seed: seed('reset.yaml', lab), certs });
  const faults = async () => (await server.control({ method: 'GET', path: '/faults' })).body;
  const reset = (keep: readonly string[]) =>
    server.control({ method: 'POST', path: '/reset', body: { keep } });
  await server.control({ method: 'DELETE', path: '/faults' });
  await reset(['faults']);
  expect(await faults()).not.toContain('slow');
  await reset([]);
  expect(await faults()).toContain('slow');
  expect((await server.control({ method: 'GET', path: '/profiles' })).body).toContain('LAB-1');
});

it.each([
  ['wrong.yaml', 'profiles: [{ stat: x }]', /wrong\.yaml:1:14: profiles\.0\.stat: is not known/],
  ['late.yaml', 'profiles: [{ label: a, eid: 5 }]', /late\.yaml:1:24: profiles\.0\.eid: '5' is not an EID/],
])('a seed that is wrong stops the start, and says where: %s', async (name, text, message) => {
  await expect(startForTest({ seed: seed(name, text), certs })).rejects.toThrow(message);
});

it('a name of which there is no seed is a mistake that the start explains', async () => {
  await expect(startForTest({ seed: 'conformence', certs })).rejects.toThrow(/did you mean conformance\?/);
  await expect(startForTest({ seed: './none.yaml', certs })).rejects.toThrow(/cannot be read \(ENOENT\)/);
});
