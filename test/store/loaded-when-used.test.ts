import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(src, name), 'utf8') }));
const outside = sources.filter(({ name }) => !name.startsWith('store/postgres/'));

it('the PostgreSQL client is loaded only where a database is on PostgreSQL', () => {
  const loads = (pattern: RegExp): string[] =>
    outside.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
  expect(loads(/\bfrom 'pg(-[a-z-]+)?'/)).toEqual([]);
  expect(loads(/\bfrom '[^']*\/postgres\/[^']*'/)).toEqual([]);
  expect(loads(/\bimport\('[^']*\/postgres\/[^']*'\)/)).toEqual([
    'store/open.ts',
    'store/schema.ts',
    'store/copy/index.ts',
  ]);
});
