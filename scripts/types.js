// Copies the type declarations that a consumer's compiler can reach from `entries` to dist/types/. No other declarations are published.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const reference = /\b(?:from |import |import\()['"](\.[^'"]+)\.js['"]/g;

export function copyTypes(dist, entries) {
  const reached = new Set(entries);
  // The loop also visits the files that are added to the set during the loop.
  for (const file of reached) {
    const text = readFileSync(join(dist, file), 'utf8');
    for (const [, target] of text.matchAll(reference)) reached.add(`${join(dirname(file), target)}.d.ts`);
  }
  rmSync(join(dist, 'types'), { recursive: true, force: true });
  for (const file of reached) cpSync(join(dist, file), join(dist, 'types', file));
}
