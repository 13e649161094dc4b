// Writes the pages of docs/ that are made from the code.
import { writeFileSync } from 'node:fs';
import { answersPage } from '../dist/api/answers-page.js';
import { faultsPage } from '../dist/instruments/faults/index.js';
import { configurationPage } from '../dist/server/configuration-page.js';
import { statusCodesPage } from '../dist/server/status-codes-page.js';

const pages = {
  'answers.md': answersPage(),
  'configuration.md': configurationPage(),
  'faults.md': faultsPage(),
  'status-codes.md': statusCodesPage(),
};
for (const [name, text] of Object.entries(pages)) {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
}
