/** Started by copy.test.ts: copies FROM to TO, and prints each step. */
import { writeSync } from 'node:fs';
import { copyDatabase } from '../../src/store/index.js';

const { FROM = '', TO = '' } = process.env;
const { resumed } = await copyDatabase(FROM, TO, {
  report: ({ doing, done }) => void writeSync(1, `${doing} ${done}\n`),
});
writeSync(1, `finished ${resumed}\n`);
process.exit();
