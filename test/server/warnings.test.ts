import { expect, it } from 'vitest';
import { resolveConfig } from '../../src/server/index.js';
import { unsafeDefaults } from '../../src/server/warnings.js';

type Flags = Parameters<typeof resolveConfig>[1];

const warningsOf = (flags: Flags, demandsToken = true): string[] =>
  unsafeDefaults(resolveConfig({}, flags).config, demandsToken);

it('says at every start that this is a mock', () => {
  expect(warningsOf({})).toEqual([expect.stringMatching(/mock SM-DP\+, for tests only: .* test keys/)]);
});

it.each<[string, Flags, RegExp]>([
  ['plain HTTP', { tls: 'off' }, /^TLS is off/],
  ['devices of the network', { host: '0.0.0.0' }, /device-facing listener is open to the network on 0\.0/],
  ['operators of the network', { adminHost: '0.0.0.0' }, /operator-facing .* token can be overheard/],
  ['a database in memory', { database: ':memory:' }, /^The database is in memory/],
  ['randomness with a seed', { randomSeed: 'a' }, /^Randomness is seeded/],
  ['hostile conduct', { conduct: 'hostile' }, /^The conduct is hostile/],
  ['fault rules', { faults: 'rules.json' }, /^Fault rules are active: rules\.json/],
  ['a log of TLS keys', { keylog: 'keys.log' }, /^TLS keys are written to keys\.log/],
])('has one warning for %s', (_, flags, expected) => {
  expect(warningsOf(flags).slice(1)).toEqual([expect.stringMatching(expected)]);
});

it('has one warning for an operator-facing listener without a token', () => {
  expect(warningsOf({}, false).slice(1)).toEqual([expect.stringMatching(/demands no token/)]);
});
