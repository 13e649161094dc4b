import { Asn1Error, inField } from './errors.js';
import { checkSize, type Size } from './primitives.js';
import { accepts, readAs, remember, type Infer, type Optional, type Type } from './type.js';
import { readAll, readTlv, tagName, tlv as writeTlv, type Tlv } from './tlv.js';

/** Members of a SEQUENCE, in order. */
export type Fields = Readonly<Record<string, Type<unknown>>>;

type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];

/** The value of a SEQUENCE with these members. */
export type SequenceValue<F extends Fields> = {
  [K in Exclude<keyof F, OptionalKeys<F>>]: Infer<F[K]>;
} & { [K in OptionalKeys<F>]?: Infer<F[K]> | undefined };

export interface SequenceOptions {
  /** Default 30. */
  readonly tag?: number;
  /** Whether unknown members are ignored (`...` in the specification). Default: false. */
  readonly extensible?: boolean;
}

/** Marks a member of a SEQUENCE that may be absent. */
export const optional = <T>(type: Type<T>): Optional<T> => ({
  tags: type.tags,
  read: (tlv) => type.read(tlv),
  write: (value) => type.write(value),
  optional: true,
});

const isOptional = (type: Type<unknown>): boolean => 'optional' in type;

/** SEQUENCE with named members. */
export function sequence<const F extends Fields>(
  fields: F,
  options: SequenceOptions = {},
): Type<SequenceValue<F>> {
  const { tag = 0x30, extensible = false } = options;
  const members = Object.entries(fields);
  const isKnown = (tag: number): boolean => members.some(([, type]) => type.tags?.includes(tag));

  function read(outer: Tlv): SequenceValue<F> {
    const value: Record<string, unknown> = {};
    let next = 0;
    for (let at = outer.valueStart; at < outer.end;) {
      const tlv = readTlv(outer.bytes, at, outer.end, outer.lengths);
      at = tlv.end;
      const index = memberFrom(next, tlv.tag);
      if (index < 0) {
        if (extensible && !isKnown(tlv.tag)) continue;
        throw unexpected(tlv, next);
      }
      const [name, type] = members[index]!;
      value[name] = inField(name, () => type.read(tlv));
      next = index + 1;
    }
    const missing = members.slice(next).find(([, type]) => !isOptional(type));
    if (missing) throw new Asn1Error('is missing', outer.end).within(missing[0]);
    return remember(value, outer) as SequenceValue<F>;
  }

  /** The index of the next member that accepts `tag`. Skips only optional members. -1 if no member accepts the tag. */
  function memberFrom(start: number, tag: number): number {
    for (let i = start; i < members.length; i++) {
      const type = members[i]![1];
      if (accepts(type, tag)) return i;
      if (!isOptional(type)) return -1;
    }
    return -1;
  }

  function unexpected(tlv: Tlv, next: number): Asn1Error {
    const has = ([, type]: [string, Type<unknown>]): boolean => type.tags?.includes(tlv.tag) ?? false;
    const passed = members.slice(0, next).findLast(has);
    if (passed && !members.slice(next).some(has)) {
      return new Asn1Error('is repeated or out of order', tlv.start).within(passed[0]);
    }
    const mandatory = members.slice(next).find(([, type]) => !isOptional(type));
    return mandatory
      ? new Asn1Error(`is missing; tag ${tagName(tlv.tag)} came instead`, tlv.start).within(mandatory[0])
      : new Asn1Error(`does not belong here: tag ${tagName(tlv.tag)}`, tlv.start);
  }

  function write(value: SequenceValue<F>): Buffer {
    const parts: Buffer[] = [];
    for (const [name, type] of members) {
      const member = (value as Record<string, unknown>)[name];
      if (member !== undefined) parts.push(inField(name, () => type.write(member)));
      else if (!isOptional(type)) throw new Asn1Error('is missing').within(name);
    }
    return writeTlv(tag, ...parts);
  }

  return { tags: [tag], read, write };
}

/** SEQUENCE OF. Also serves for SET OF, because the order of the elements is kept. */
export function sequenceOf<T>(
  item: Type<T>,
  { tag = 0x30, ...size }: Size & { tag?: number } = {},
): Type<T[]> {
  return {
    tags: [tag],
    read(tlv) {
      const items: T[] = [];
      const max = size.length ?? size.max ?? Infinity;
      for (const element of readAll(tlv.bytes, tlv.valueStart, tlv.end, tlv.lengths)) {
        // Checks before reading the item, because a long list of tiny items would take many times its own size in memory.
        if (items.length === max) throw new Asn1Error(`has more than ${max} elements`, tlv.start);
        items.push(inField(String(items.length), () => readAs(item, element)));
      }
      checkSize(items.length, size, 'elements', tlv.start);
      return remember(items, tlv);
    },
    write(items) {
      checkSize(items.length, size, 'elements', -1);
      return writeTlv(
        tag,
        ...items.map((element, index) => inField(String(index), () => item.write(element))),
      );
    },
  };
}

/** The value of a CHOICE: an object whose only member is named after the alternative. */
export type ChoiceValue<F extends Fields> = { [K in keyof F]: { [P in K]: Infer<F[K]> } }[keyof F];

/** CHOICE. With `tag`, the chosen value is inside another TLV, because X.680 makes every tag in front of a CHOICE explicit. */
export function choice<const F extends Fields>(
  alternatives: F,
  { tag }: { tag?: number } = {},
): Type<ChoiceValue<F>> {
  const entries = Object.entries(alternatives);
  const bare: Type<ChoiceValue<F>> = {
    tags: entries.flatMap(([, type]) => type.tags ?? []),
    read(tlv) {
      const [name, type] = entries.find(([, alternative]) => accepts(alternative, tlv.tag))!;
      return remember({ [name]: inField(name, () => type.read(tlv)) }, tlv) as ChoiceValue<F>;
    },
    write(value) {
      const [chosen, ...others] = Object.entries(value as Record<string, unknown>);
      if (!chosen || others.length > 0) throw new Asn1Error('is not one alternative of its CHOICE');
      const [name, content] = chosen;
      const type = entries.find(([alternative]) => alternative === name)?.[1];
      if (!type) throw new Asn1Error(`has no alternative '${name}'`);
      return inField(name, () => type.write(content));
    },
  };
  if (tag === undefined) return bare;
  const wrapped = explicit(tag, bare);
  return { ...wrapped, read: (outer) => remember(wrapped.read(outer), outer) };
}

/** `[tag] EXPLICIT type`. */
export function explicit<T>(tag: number, type: Type<T>): Type<T> {
  return {
    tags: [tag],
    read(outer) {
      const inner = readTlv(outer.bytes, outer.valueStart, outer.end, outer.lengths);
      if (inner.end !== outer.end) throw new Asn1Error('holds more than one value', inner.end);
      return readAs(type, inner);
    },
    write: (value) => writeTlv(tag, type.write(value)),
  };
}
