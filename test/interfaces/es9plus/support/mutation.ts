import fc from 'fast-check';
import { readAll, tlv, tlvValue } from '../../../../src/wire/asn1/index.js';

/** A TLV taken apart: a constructed one into others, as far as its octets allow. */
interface Node {
  tag: number;
  content: Buffer | Node[];
}

function parse(octets: Buffer): Node[] {
  return [...readAll(octets, 0, octets.length, 'definite')].map((each) => {
    const isConstructed = (octets[each.start]! & 0x20) !== 0;
    return { tag: each.tag, content: isConstructed ? parse(tlvValue(each)) : tlvValue(each) };
  });
}

const serialise = (nodes: readonly Node[]): Buffer =>
  Buffer.concat(
    nodes.map(({ tag, content }) => tlv(tag, Buffer.isBuffer(content) ? content : serialise(content))),
  );

/** Every node, with the list that it stands in. */
function places(nodes: Node[]): { list: Node[]; index: number }[] {
  return nodes.flatMap((node, index) => [
    { list: nodes, index },
    ...(Buffer.isBuffer(node.content) ? [] : places(node.content)),
  ]);
}

const changes = {
  drop: ({ list, index }) => void list.splice(index, 1),
  double: ({ list, index }) => void list.splice(index, 0, list[index]!),
  moveToFront: ({ list, index }) => void list.unshift(...list.splice(index, 1)),
  empty: ({ list, index }) => void (list[index]!.content = Buffer.alloc(0)),
  cut: ({ list, index }) => void (list[index]!.content = contentOf(list[index]!).subarray(1)),
  fill: ({ list, index }, octets) => void (list[index]!.content = octets),
  lengthen: ({ list, index }, octets) =>
    void (list[index]!.content = Buffer.concat([contentOf(list[index]!), octets])),
  flip: ({ list, index }, octets) => {
    const content = Buffer.from(contentOf(list[index]!));
    if (content.length > 0) content[(octets[0] ?? 0) % content.length]! ^= 1 << ((octets[1] ?? 0) & 7);
    list[index]!.content = content;
  },
  retag: ({ list, index }, octets) => void (list[index]!.tag = (octets[0] ?? 0x1e) & 0xfe || 0x30),
  insert: ({ list, index }, octets) => void list.splice(index, 0, { tag: 0x9f7e, content: octets }),
  wrap: ({ list, index }) => void (list[index] = { tag: 0x30, content: [list[index]!] }),
} satisfies Record<string, (place: { list: Node[]; index: number }, octets: Buffer) => void>;

const contentOf = ({ content }: Node): Buffer => (Buffer.isBuffer(content) ? content : serialise(content));

/** A change of the structure of a message: which node, how, and with which octets. */
export interface Mutation {
  readonly place: number;
  readonly change: keyof typeof changes;
  readonly octets: Buffer;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(),
  change: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
  octets: fc.uint8Array({ maxLength: 80 }).map((octets) => Buffer.from(octets)),
});

/** One to three changes, one after the other. */
export const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

/** The message with these changes made and all lengths put right. */
export function mutated(message: Buffer, list: readonly Mutation[]): Buffer {
  const nodes = parse(message);
  for (const { place, change, octets } of list) {
    const all = places(nodes);
    const chosen = all[place % Math.max(1, all.length)];
    if (chosen) changes[change](chosen, octets);
  }
  return serialise(nodes);
}
