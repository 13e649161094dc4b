import regexp from 'eslint-plugin-regexp';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';
import { ExchangeFile } from '../../src/api/recording/index.js';
import { startForTest } from './support.js';

/** All texts under `pattern`, and all names of `patternProperties`, anywhere in a schema. */
function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => [
    ...(name === 'pattern' && typeof value === 'string' ? [value] : []),
    ...(name === 'patternProperties' ? Object.keys(value as object) : []),
    ...patternsIn(value),
  ]);
}

const linter = new Linter();
const complaintsAbout = (pattern: string): string[] =>
  linter
    .verify(`new RegExp(${JSON.stringify(pattern)})`, {
      plugins: { regexp },
      rules: {
        'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
        'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      },
    })
    .map(({ message }) => message);

it('finds a pattern whose time grows faster than the text', () => {
  expect(complaintsAbout('^(a+)+$')).not.toEqual([]);
  expect(complaintsAbout('x+$')).not.toEqual([]);
});

it('no pattern of a schema is one of them', async () => {
  const server = await startForTest();
  const document: unknown = await (await fetch(`${server.operatorUrl}/openapi.json`)).json();
  const patterns = new Set([...patternsIn(document), ...patternsIn(ExchangeFile)]);

  expect(patterns.size).toBeGreaterThan(10);
  expect([...patterns].filter((pattern) => complaintsAbout(pattern).length > 0)).toEqual([]);
});
