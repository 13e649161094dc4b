import { describe, expect, it } from 'vitest';
import type { RunningServer } from '../../../src/server/index.js';
import { withoutPostgres } from '../../support/postgres/index.js';
import { eidWithCheckDigits } from '../../../src/wire/rsp/index.js';
import { startForTest } from '../support.js';
import { call, startInstances } from './support.js';

const engines = [
  ['one server on SQLite', async () => [await startForTest()]],
  ...(withoutPostgres === undefined
    ? [['two instances on PostgreSQL', () => startInstances(2)] as const]
    : []),
] as const;

const imsi = '999700000000001';
const k = '00112233445566778899aabbccddeeff';
const count = 60;
const imsis = Array.from({ length: count }, (_, index) => String(BigInt(imsi) + BigInt(index)));

const send = async ({ operatorUrl }: RunningServer, path: string, body: string, type: string) => {
  const answer = await fetch(`${operatorUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
  return { statusCode: answer.status, ...((await answer.json()) as object) };
};

const generated = (server: RunningServer) =>
  call(server, 'POST', '/subscribers', { count, imsi, seed: 'lab' });
const listed = (server: RunningServer) =>
  send(
    server,
    '/subscribers',
    ['imsi,k,opc', ...imsis.map((one) => `${one},${k},${k}`)].join('\n'),
    'text/csv',
  );
const poolOf = (server: RunningServer) => call(server, 'POST', '/pools', { name: 'lab', count, imsi });
const eids = imsis.map((_, index) =>
  eidWithCheckDigits(`8904903200000000000001${String(index).padStart(8, '0')}`),
);
const manifest = (server: RunningServer) =>
  send(
    server,
    '/manifests',
    ['eid,imsi,k,opc', ...imsis.map((one, index) => `${eids[index]},${one},${k},${k}`)].join('\n'),
    'text/csv',
  );
const seed = (server: RunningServer) =>
  send(
    server,
    '/seed',
    `pools:\n  - { name: seeded, count: ${count}, imsi: "${imsi}" }\n`,
    'application/yaml',
  );

/** What is refused with 409; seeds and manifests name their problems under 422. */
const statuses = [409, 422];

describe.each(engines)('two lists with the same IMSIs at once, on %s', (_, start) => {
  it.each([
    ['generated and generated', generated, generated],
    ['a list and a list', listed, listed],
    ['generated and a pool', generated, poolOf],
    ['a list and a manifest', listed, manifest],
    ['a pool and a seed', poolOf, seed],
    ['a seed and a manifest', seed, manifest],
  ] as const)(
    '%s: one is made, and the other is refused',
    async (__, one, other) => {
      const servers = await start();
      const answers = await Promise.all([one(servers[0]!), other(servers.at(-1)!)]);
      const refused = answers.filter(({ statusCode }) => Number(statusCode) >= 300);
      expect(refused).toHaveLength(1);
      expect(statuses).toContain(refused[0]!.statusCode);
      if (one === other) expect(refused[0]!.statusCode).toBe(409);
      expect(imsis.some((each) => JSON.stringify(refused[0]).includes(each))).toBe(true);
      const { items } = (await call(servers[0]!, 'GET', '/subscribers')) as unknown as {
        items: { imsi: string }[];
      };
      expect(new Set(items.map((item) => item.imsi)).size).toBe(items.length);
      expect(items).toHaveLength(count);
    },
    120_000,
  );
});
