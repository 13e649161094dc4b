import type { Document } from 'yaml';
import { mostAliases, type SeedDocument, type Path } from './document.js';
import { parseYaml } from './parse-yaml.js';

/** Files that a seed names, by their paths in the seed. */
export type SeedFiles = ReadonlyMap<string, Buffer>;

/** The paths of all files that a seed names. The seed may have mistakes elsewhere: {@link SeedDocument.read} reports them. */
export function filesNamedIn(text: string): readonly string[] {
  const seed = membersOf(valueOf(parseYaml(text).document));
  const entries = ['profileTypes', 'pools', 'manifests'].flatMap((section) => listOf(seed[section]));
  const files = entries.flatMap((entry) => [membersOf(entry).file, membersOf(membersOf(entry).package).file]);
  return [...new Set(files.filter((file): file is string => typeof file === 'string'))];
}

/** `undefined` if an alias has no anchor, or there are too many aliases. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch {
    return undefined;
  }
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * The octets of a file that the seed names.
 *
 * @param from where to get the file, according to the seed
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
