import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Problem } from '../http/problem.js';
import { compileValidator } from '../http/validation.js';
import { SeedError, type SeedProblem } from './errors.js';
import { SeedFile } from './schema.js';
import { keepTexts } from './texts.js';

/** Where something is in a seed: `['profiles', 3, 'eid']`. */
export type Path = readonly (string | number)[];

/** Maximum number of YAML aliases in a seed. More aliases could make a small file very large in memory. */
const mostAliases = 1000;

const validate = compileValidator({ schema: SeedFile, httpPart: 'body' });

/** A seed file that has been read: its content, and where each member is. */
export class SeedDocument {
  private constructor(
    /** Name of the file, for messages. */
    readonly name: string,
    readonly seed: SeedFile,
    private readonly places: Places,
  ) {}

  /**
   * Reads a seed in YAML or JSON.
   *
   * @throws SeedError that names every wrong member
   */
  static read(text: string, name: string): SeedDocument {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, merge: true });
    const places = new Places(document, lines);
    const [malformed] = document.errors;
    if (malformed)
      throw new SeedError(name, [
        { ...places.of(malformed.pos[0]), field: '', message: firstLine(malformed.message) },
      ]);
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

function valueOf(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new SeedError(name, [{ line: 1, column: 1, field: '', message: error.message }]);
  }
}

const firstLine = (message: string): string =>
  message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');

/** Finds lines and columns. */
class Places {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** The member at the path, or the nearest enclosing member that exists. */
  at(path: Path): Pick<SeedProblem, 'line' | 'column'> {
    let node = this.document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(this.document) ?? null;
      const next = childOf(node, String(step));
      if (!next) break;
      offset = next.offset;
      node = next.node;
    }
    return this.of(offset);
  }

  of(offset: number): Pick<SeedProblem, 'line' | 'column'> {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** The member or element of a node, and where it begins: with its key, if it has one. */
function childOf(node: Node | null, step: string): { node: Node | null; offset: number } | undefined {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    return pair && { node: pair.value, offset: pair.key.range?.[0] ?? 0 };
  }
  const item = isSeq<Node>(node) ? node.items[Number(step)] : undefined;
  return item && { node: item, offset: item.range?.[0] ?? 0 };
}
