import { readFileSync } from 'node:fs';
import { isCollection, isNode, LineCounter, parseDocument } from 'yaml';
import { MisuseError } from '../errors.js';

/** A YAML or JSON file, with the places of its members. */
export interface YamlFile {
  readonly path: string;
  readonly content: unknown;
  /** The place of a member, for messages: `policy.yaml: line 7: policies.esim`. For an absent member, the line of its parent. */
  readonly placeOf: (member: readonly string[]) => string;
}

/** @param longest octets @throws MisuseError if the file is too long, is not YAML, or has too many aliases */
export function readYaml(path: string, longest: number): YamlFile {
  const octets = readFileSync(path);
  if (octets.length > longest) throw new MisuseError(`${path} is longer than ${longest} octets`);
  const lineCounter = new LineCounter();
  const document = parseDocument(octets.toString('utf8'), { logLevel: 'silent', lineCounter });
  const [error] = document.errors;
  if (error) throw new MisuseError(`${path} is not YAML: ${error.message}`);

  const lineOf = (member: readonly string[]): number | undefined => {
    for (let length = member.length; length > 0; length--) {
      const node = document.getIn(parentOf(member.slice(0, length)), true);
      const key = member[length - 1]!;
      const found = isCollection(node) ? rangeOf(node.items, key) : undefined;
      if (found !== undefined) return lineCounter.linePos(found).line;
    }
    return undefined;
  };
  const parentOf = (member: readonly string[]): readonly (string | number)[] =>
    member.slice(0, -1).map((key) => (/^\d+$/.test(key) ? Number(key) : key));

  return {
    path,
    content: contentOf(() => document.toJS({ maxAliasCount: 100 }), path),
    placeOf: (member) => {
      const line = lineOf(member);
      return [
        path,
        ...(line === undefined ? [] : [`line ${line}`]),
        ...(member.length > 0 ? [member.join('.')] : []),
      ].join(': ');
    },
  };
}

/** The offset of a key of a map, or of an item of a list. */
function rangeOf(items: readonly unknown[], key: string): number | undefined {
  for (const [index, item] of items.entries()) {
    const node = item !== null && typeof item === 'object' && 'key' in item ? item.key : undefined;
    if (isNode(node) && String((node as { value?: unknown }).value) === key) return node.range?.[0];
    if (node === undefined && String(index) === key && isNode(item)) return item.range?.[0];
  }
  return undefined;
}

function contentOf(read: () => unknown, path: string): unknown {
  try {
    return read();
  } catch (cause) {
    throw new MisuseError(`${path} cannot be used: ${(cause as Error).message}`, { cause });
  }
}
