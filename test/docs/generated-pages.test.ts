import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answersPage } from '../../src/api/answers-page.js';
import { faultsPage } from '../../src/instruments/faults/index.js';
import { configurationPage } from '../../src/server/configuration-page.js';
import { statusCodesPage } from '../../src/server/status-codes-page.js';

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

it('docs/answers.md says what is answered (npm run docs writes it anew)', () => {
  expect(page('answers.md')).toBe(answersPage());
});

it('docs/configuration.md says what the settings say (npm run docs writes it anew)', () => {
  expect(page('configuration.md')).toBe(configurationPage());
});

it('docs/faults.md says what the code does (npm run docs writes it anew)', () => {
  expect(page('faults.md')).toBe(faultsPage());
});

it('docs/status-codes.md says what is answered (npm run docs writes it anew)', () => {
  expect(page('status-codes.md')).toBe(statusCodesPage());
});
