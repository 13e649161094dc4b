import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

/** A place in a text, counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Finds the places of the members of a YAML document. */
export class YamlPlaces {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** The place of the member at the path, or of the nearest enclosing member that exists. */
  at(path: readonly (string | number)[]): TextPlace {
    return this.of(this.#offset(path) ?? this.document.contents?.range?.[0] ?? 0);
  }

  /** The same as {@link at}; `undefined` if not even the first member of the path exists. */
  find(path: readonly (string | number)[]): TextPlace | undefined {
    const offset = this.#offset(path);
    return offset === undefined ? undefined : this.of(offset);
  }

  /** @param offset characters from the start of the text */
  of(offset: number): TextPlace {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #offset(path: readonly (string | number)[]): number | undefined {
    let node: Node | null = this.document.contents;
    let offset: number | undefined;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(this.document) ?? null;
      const next = childOf(node, String(step));
      if (!next) break;
      ({ offset, node } = next);
    }
    return offset;
  }
}

/** A child of a node, and the offset where the child begins. A member of a map begins at its key. */
function childOf(node: Node | null, step: string): { node: Node | null; offset: number } | undefined {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    return pair && { node: pair.value, offset: pair.key.range?.[0] ?? 0 };
  }
  const item = isSeq<Node>(node) ? node.items[Number(step)] : undefined;
  return item && { node: item, offset: item.range?.[0] ?? 0 };
}
