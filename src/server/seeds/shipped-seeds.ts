import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../../base/did-you-mean.js';
import { seedsFolder } from '../seeds-folder.js';

/** No shipped seed has this name. */
export class UnknownSeedError extends Error {
  override readonly name = 'UnknownSeedError';
}

/** Names of the shipped seeds, in alphabetical order. */
export const shippedSeeds = (): readonly string[] =>
  readdirSync(seedsFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

/** The path of a shipped seed. @throws UnknownSeedError */
export function shippedSeed(name: string): string {
  const names = shippedSeeds();
  if (names.includes(name)) return join(seedsFolder, `${name}.yaml`);
  const meant = nearest(name, names);
  throw new UnknownSeedError(
    `there is no shipped seed '${name}'${meant ? `; did you mean ${meant}?` : '.'} The shipped seeds are ${names.join(', ')}. To name a file, write its path, such as ./${name}.yaml.`,
  );
}
