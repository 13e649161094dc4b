import { expect, it } from 'vitest';
import { SeedDocument, type SeedContext } from '../../src/api/index.js';
import { plant, type Seed } from '../../src/server/seeds/index.js';
import { DuplicateError, StoreError } from '../../src/store/index.js';

const text = 'operators: [{ identifier: bss.example.com }]';
const seed: Seed = {
  kind: 'seed',
  source: { name: 'lab.yaml', text, files: new Map(), document: SeedDocument.read(text, 'lab.yaml') },
};

it.each([
  ['a name that another server has just taken', new DuplicateError('iccid', '1'), 2],
  ['a busy database', new StoreError('locked', 'the database is locked'), 2],
  ['a bug', new TypeError('operator is undefined'), 1],
])('a seed that fails because of %s', async (_cause, error, attempts) => {
  let saved = 0;
  const store = {
    operator: async () => undefined,
    saveOperator: async () => {
      saved++;
      throw error;
    },
  };
  const context = { store, clock: { now: () => new Date(0) }, smdp: { address: 'localhost' } };
  await expect(plant(context as unknown as SeedContext, seed)).rejects.toThrow();
  expect(saved).toBe(attempts);
});
