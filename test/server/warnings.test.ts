import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { resolveConfig, type RunningServer } from '../../src/server/index.js';
import { unsafeDefaults } from '../../src/server/warnings.js';
import { startForTest } from './support.js';

type Flags = Parameters<typeof resolveConfig>[1];

const warningsOf = (flags: Flags, demandsToken = true): string[] =>
  unsafeDefaults(resolveConfig({}, flags).config, demandsToken);

it('says at every start that this is a mock', () => {
  expect(warningsOf({})).toEqual([expect.stringMatching(/mock SM-DP\+, for tests only: .* test keys/)]);
});

it.each<[string, Flags, RegExp]>([
  ['plain HTTP', { tls: 'off' }, /^TLS is off/],
  ['devices of the network', { host: '0.0.0.0' }, /device-facing listener is open to the network on 0\.0/],
  [
    'operators of the network',
    { adminHost: '0.0.0.0', journal: '0' },
    /operator-facing .* bearer token from the network/,
  ],
  ['a database in memory', { database: ':memory:' }, /^The database is in memory/],
  ['randomness with a seed', { randomSeed: 'a' }, /^Randomness is seeded/],
  ['a log of TLS keys', { keylog: 'keys.log' }, /^TLS keys are written to keys\.log/],
])('has one warning for %s', (_, flags, expected) => {
  expect(warningsOf(flags).slice(1)).toEqual([expect.stringMatching(expected)]);
});

it('has one warning for an address without a port while the server listens on another one', () => {
  expect(warningsOf({ address: 'smdp.example.com' }).slice(1)).toEqual([
    expect.stringMatching(
      /connect to smdp\.example\.com on port 443.+listens on 8443.+SMDP_ADDRESS=smdp\.example\.com:8443/,
    ),
  ]);
});

it.each<[string, Flags]>([
  ['listens on port 443', { address: 'smdp.example.com', port: '443' }],
  ['has its port in its address', { address: 'smdp.example.com:8443' }],
  ['listens on any port', { address: 'smdp.example.com', port: '0' }],
])('has no warning for a server that %s', (_, flags) => {
  expect(warningsOf(flags)).toHaveLength(1);
});

it('has one warning for an operator-facing listener without a token', () => {
  expect(warningsOf({}, false).slice(1)).toEqual([expect.stringMatching(/requires no token/)]);
});

it('names the control API of a public server, whose operator-facing listener serves only the page for visitors', () => {
  const [warning] = warningsOf({ public: 'on', controlPort: '8081' }, false).slice(1);
  expect(warning).toBe('The control API requires no token: every program on this machine can use it.');
});

it('has one warning for a journal that operators of the network can read', () => {
  expect(warningsOf({ adminHost: '0.0.0.0' }).slice(2)).toEqual([
    expect.stringMatching(/^Anyone who has the bearer token can read one-time keys/),
  ]);
});

describe('what a tester has set', () => {
  const shown = async (server: RunningServer): Promise<string[]> => {
    const { body } = await server.control({ method: 'GET', path: '/warnings' });
    return (JSON.parse(body) as { items: string[] }).items.filter((text) => !server.warnings.includes(text));
  };

  it('is shown as long as it is in force', async () => {
    const server = await startForTest();
    const call = (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object) =>
      server.control({ method, path, body });
    expect(await shown(server)).toEqual([]);

    await call('PUT', '/clock', { now: '2031-01-01T00:00:00Z', frozen: true });
    expect(await shown(server)).toEqual([
      'The clock is frozen at 2031-01-01T00:00:00.000Z: nothing expires.',
    ]);
    await call('PUT', '/clock', { frozen: false });
    expect(await shown(server)).toEqual([
      expect.stringMatching(/^The clock was set to another time, and shows 2031/),
    ]);
    await call('DELETE', '/clock');

    for (let number = 1; number <= 6; number++)
      await call('POST', '/faults', { name: `F${number}`, function: 'cancelSession', httpStatus: 500 });
    expect(await shown(server)).toEqual(['Fault rules are active: F1, F2, F3, F4, F5 and 1 more.']);
    await call('DELETE', '/faults');
    expect(await shown(server)).toEqual([]);
  });

  it('is said once in the log when it is set', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line) as never) });
    const server = await startForTest({}, log);
    await server.control({ method: 'PUT', path: '/clock', body: { frozen: true } });
    await server.control({
      method: 'POST',
      path: '/faults',
      body: { next: 'cancelSession', httpStatus: 500 },
    });
    expect(lines).toMatchObject([
      { msg: 'clock changed', frozen: true },
      { msg: 'fault rule added', fault: 'fault 1', rule: { function: 'cancelSession', times: 1 } },
    ]);
  });
});
