import type { Document } from 'yaml';
import { YamlPlaces } from '../../base/yaml-places.js';
import type { Problem } from '../http/problem.js';
import { compileValidator } from '../http/validation.js';
import { SeedError, type SeedProblem } from './errors.js';
import { parseYaml } from './parse-yaml.js';
import { SeedFile } from './schema.js';
import { keepTexts } from './texts.js';

/** The path of a member in a seed: `['profiles', 3, 'eid']`. */
export type Path = readonly (string | number)[];

/** Maximum number of YAML aliases in a seed. More aliases could make a small file very large in memory. */
export const mostAliases = 1000;

const validate = compileValidator({ schema: SeedFile, httpPart: 'body' });

/** A seed file that has been read: its content, and where each member is. */
export class SeedDocument {
  private constructor(
    /** Name of the file, for messages. */
    readonly name: string,
    readonly seed: SeedFile,
    private readonly places: YamlPlaces,
  ) {}

  /**
   * Reads a seed in YAML or JSON.
   *
   * @throws SeedError that names every wrong member
   */
  static read(text: string, name: string): SeedDocument {
    const { document, lines, problem } = parseYaml(text);
    const places = new YamlPlaces(document, lines);
    if (problem) {
      const { offset, ...what } = problem;
      throw new SeedError(name, [{ ...places.of(offset), field: '', ...what }]);
    }
    keepTexts(document.contents, SeedFile);
    const found = validate(valueOf(document, name) ?? {});
    if ('value' in found) return new SeedDocument(name, found.value as SeedFile, places);
    const { errors } = found.error as Problem;
    throw new SeedError(
      name,
      errors.map(({ field, message, remedy }): SeedProblem => {
        const path = field === 'body' ? [] : field.split('.');
        return { ...places.at(path), field: path.join('.'), message, remedy };
      }),
    );
  }

  /** A problem at a place of this file. */
  problem(path: Path, message: string, remedy?: string): SeedProblem {
    return { ...this.places.at(path), field: path.join('.'), message, remedy };
  }

  /** An error with one problem. */
  error(path: Path, message: string, remedy?: string): SeedError {
    return new SeedError(this.name, [this.problem(path, message, remedy)]);
  }
}

/** @throws SeedError if an alias has no anchor, or there are too many aliases */
function valueOf(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    throw new SeedError(name, [{ line: 1, column: 1, field: '', message: (error as Error).message }]);
  }
}
