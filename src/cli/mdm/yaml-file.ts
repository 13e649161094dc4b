import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { YamlPlaces } from '../../base/yaml-places.js';
import { yamlMistake } from '../../base/yaml-problem.js';
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
  if (octets.length > longest)
    throw new MisuseError(`${path} is longer than ${longest} octets; split it into several files`);
  const lineCounter = new LineCounter();
  const document = parseDocument(octets.toString('utf8'), { logLevel: 'silent', lineCounter });
  const [error] = document.errors;
  const places = new YamlPlaces(document, lineCounter);
  if (error) {
    const { line, column } = places.of(error.pos[0]);
    const { message, remedy } = yamlMistake(error);
    throw new MisuseError(`${path}: line ${line}, column ${column}: this is not YAML: ${message}; ${remedy}`);
  }
  return {
    path,
    content: contentOf(() => document.toJS({ maxAliasCount: 100 }), path),
    placeOf: (member) => {
      const line = places.find(member)?.line;
      return [
        path,
        ...(line === undefined ? [] : [`line ${line}`]),
        ...(member.length > 0 ? [member.join('.')] : []),
      ].join(': ');
    },
  };
}

function contentOf(read: () => unknown, path: string): unknown {
  try {
    return read();
  } catch (cause) {
    throw new MisuseError(`${path} cannot be used: ${(cause as Error).message}`, { cause });
  }
}
