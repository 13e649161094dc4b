import { describe } from 'vitest';
import { withoutPostgres } from '../support/postgres/index.js';
import { openRecycled } from '../support/postgres/recycled.js';
import { describeStore } from './contract.js';

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'with PostgreSQL', () => {
  describeStore('PostgreSQL', openRecycled);
});
