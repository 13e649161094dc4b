import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pages } from '../../scripts/pages/index.js';

it.each(Object.entries(pages))(
  'docs/%s says what the code says (npm run docs writes it anew)',
  (name, page) => {
    expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).toBe(page());
  },
);
