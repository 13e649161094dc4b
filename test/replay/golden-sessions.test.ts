import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { ExchangeFile } from '../../src/api/recording/index.js';
import { replay } from '../../src/replay/index.js';
import { findingsOf } from './support.js';

const vector = fileURLToPath(new URL('../vectors/golden-sessions.json', import.meta.url));
const { exchanges } = JSON.parse(readFileSync(vector, 'utf8')) as ExchangeFile;

it('answers what an earlier build was asked as it did, octet for octet', async () => {
  const report = await replay(vector);
  expect(findingsOf(report)).toEqual([]);
  expect(report.counts).toEqual({ same: exchanges.length, different: 0, notReplayed: 0 });
});

it('has seen every function of ES9+ and ES11, refusals, and an answer that was lost', () => {
  const seen = new Set(exchanges.map((exchange) => `${exchange.interface} ${exchange.function}`));
  expect([...seen].sort()).toEqual([
    'ES11 authenticateClient',
    'ES11 initiateAuthentication',
    'ES9+ authenticateClient',
    'ES9+ cancelSession',
    'ES9+ getBoundProfilePackage',
    'ES9+ handleNotification',
    'ES9+ initiateAuthentication',
  ]);
  const results = exchanges.map(({ result }) => result);
  expect(results).toEqual(
    expect.arrayContaining(['8.2.6/3.8', '8.1.1/3.8', '8.2.7/3.8', '8.2.7/2.2', 'interrupted']),
  );
});

it('says the same each time', async () => {
  expect(await replay(vector)).toEqual(await replay(vector));
});
