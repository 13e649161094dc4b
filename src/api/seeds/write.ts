import { Document } from 'yaml';
import type { SeedFile } from './schema.js';

/** Where an editor finds the JSON schema of seeds, in a project that has the package installed. */
const schemaPath = './node_modules/mock-smdp/docs/seed.schema.json';

/** A seed as YAML. */
export function seedInYaml(seed: SeedFile, title: string): string {
  const document = new Document(seed);
  document.commentBefore = ` yaml-language-server: $schema=${schemaPath}\n ${title}`;
  return document.toString({ lineWidth: 0 });
}

/** A seed as JSON. */
export const seedInJson = (seed: SeedFile): string =>
  `${JSON.stringify({ $schema: schemaPath, ...seed }, undefined, 2)}\n`;
