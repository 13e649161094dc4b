/** A TLV in a message: the octets from `start` to `end` (exclusive). */
export interface TlvNode {
  /** Upper-case hex: `BF38`. */
  readonly tag: string;
  readonly start: number;
  /** Where its value begins. */
  readonly valueStart: number;
  readonly end: number;
  readonly children: readonly TlvNode[];
}

/** Maximum number of nodes and of levels in one message, so that a hostile message cannot fill the page. */
const mostNodes = 2_000;
const mostLevels = 24;

/** The TLVs of a message. The list ends before the first octets that are not a TLV. */
export function parseTlvs(octets: Uint8Array): readonly TlvNode[] {
  let left = mostNodes;
  const parse = (from: number, to: number, level: number): readonly TlvNode[] | undefined => {
    const nodes: TlvNode[] = [];
    for (let at = from; at < to;) {
      const header = readHeader(octets, at, to);
      if (!header || --left < 0) return level === 0 ? nodes : undefined;
      const { tag, valueStart, end } = header;
      const isConstructed = (octets[at]! & 0x20) !== 0 && level < mostLevels;
      nodes.push({
        tag,
        start: at,
        valueStart,
        end,
        children: (isConstructed && parse(valueStart, end, level + 1)) || [],
      });
      at = end;
    }
    return nodes;
  };
  return parse(0, octets.length, 0) ?? [];
}

function readHeader(
  octets: Uint8Array,
  start: number,
  limit: number,
): Pick<TlvNode, 'tag' | 'valueStart' | 'end'> | undefined {
  let at = start;
  const first = octets[at++];
  if (first === undefined || first === 0) return undefined;
  if ((first & 0x1f) === 0x1f) while (at < limit && at < start + 4 && (octets[at++]! & 0x80) !== 0);
  const tag = hex(octets.subarray(start, at));
  const short = octets[at++];
  if (short === undefined || at > limit) return undefined;
  let length = short;
  if (short > 0x80) {
    const size = short & 0x7f;
    if (size > 4 || at + size > limit) return undefined;
    length = 0;
    for (let index = 0; index < size; index++) length = length * 256 + octets[at++]!;
  } else if (short === 0x80) return undefined;
  const end = at + length;
  return end > limit ? undefined : { tag, valueStart: at, end };
}

/** Octets as upper-case hex. */
export const hex = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0').toUpperCase()).join('');

const perLine = 16;

/** Octets as lines of hex: three characters for each octet. */
export const hexLines = (octets: Uint8Array): string =>
  Array.from(
    octets,
    (octet, index) =>
      octet.toString(16).padStart(2, '0').toUpperCase() + ((index + 1) % perLine === 0 ? '\n' : ' '),
  ).join('');

/** Names the TLVs after the fields of the decoded value, as far as possible. Members and TLVs have the same order. */
export function fieldNames(nodes: readonly TlvNode[], decoded: unknown): ReadonlyMap<TlvNode, string> {
  const names = new Map<TlvNode, string>();
  nameChildren(nodes, decoded, names, 0);
  return names;
}

function nameChildren(
  nodes: readonly TlvNode[],
  value: unknown,
  names: Map<TlvNode, string>,
  level: number,
): void {
  if (typeof value !== 'object' || value === null || level > mostLevels) return;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  // The chosen alternative of a CHOICE is a member of the decoded value, but has no TLV of its own.
  if (entries.length === 1 && nodes.length !== 1)
    return nameChildren(nodes, entries[0]![1], names, level + 1);
  if (entries.length !== nodes.length) return;
  nodes.forEach((node, index) => {
    const [name, inner] = entries[index]!;
    if (!Array.isArray(value)) names.set(node, name);
    nameChildren(node.children, inner, names, level + 1);
  });
}
