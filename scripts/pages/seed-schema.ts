import { SeedFile } from '../../src/api/seeds/schema.js';

/** `docs/seed.schema.json`, from the schemas of the API's calls. */
export const seedSchema = (): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'A seed of mock-smdp',
      ...SeedFile,
    },
    undefined,
    2,
  )}\n`;
