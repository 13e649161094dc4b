import { answersPage } from './answers.js';
import { cardPropertiesPage } from './card-properties.js';
import { configurationPage } from './configuration.js';
import { deviceWordsPage } from './device-words.js';
import { faultsPage } from './faults.js';
import { seedSchema } from './seed-schema.js';
import { statusCodesPage } from './status-codes.js';

/** The pages of docs/ that are made from the code, by file name. */
export const pages: Readonly<Record<string, () => string>> = {
  'answers.md': answersPage,
  'card-properties.md': cardPropertiesPage,
  'configuration.md': configurationPage,
  'device-words.md': deviceWordsPage,
  'faults.md': faultsPage,
  'seed.schema.json': seedSchema,
  'status-codes.md': statusCodesPage,
};
