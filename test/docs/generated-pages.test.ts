import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configurationPage } from '../../src/server/configuration-page.js';

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

it('docs/configuration.md says what the settings say (npm run docs writes it anew)', () => {
  expect(page('configuration.md')).toBe(configurationPage());
});
