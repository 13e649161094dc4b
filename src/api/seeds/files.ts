import { parseDocument } from 'yaml';
import type { SeedDocument, Path } from './document.js';

/** Files that a seed names, by the paths that it gives them. */
export type SeedFiles = ReadonlyMap<string, Buffer>;

/** The paths of all files that a seed names. The seed may have mistakes elsewhere. */
export function filesNamedIn(text: string): readonly string[] {
  const seed = membersOf(parseDocument(text, { merge: true }).toJS({ maxAliasCount: 1000 }));
  const entries = ['profileTypes', 'pools', 'manifests'].flatMap((section) => listOf(seed[section]));
  const files = entries.flatMap((entry) => [membersOf(entry).file, membersOf(membersOf(entry).package).file]);
  return [...new Set(files.filter((file): file is string => typeof file === 'string'))];
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * The octets of a file that the seed names.
 *
 * @param from the seed's hint where to get the file
 * @throws SeedError if the file did not come with the seed
 */
export function fileIn(
  files: SeedFiles,
  document: SeedDocument,
  path: Path,
  name: string,
  from?: string,
): Buffer {
  const octets = files.get(name);
  if (octets) return octets;
  throw document.error(
    [...path, 'file'],
    `'${name}' cannot be read`,
    from === undefined ? 'put the file there, or correct its path' : `get it from ${from}, and put it there`,
  );
}
