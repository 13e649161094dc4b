import { readAll, readTlv, tlv, tlvBytes, tlvValue, type Tlv } from '../../../wire/asn1/index.js';
import { ChangeError } from './error.js';
import type { EditPath } from './path.js';

/**
 * Receives the octets of the present value, and returns the octets of the new value. `undefined` stands for an absent
 * member.
 */
export type ValueEdit = (value: Buffer | undefined) => Buffer | undefined;

/** Changes the value at `path` and adjusts the lengths of all enclosing structures. */
export function editDer(der: Buffer, { steps, segment }: EditPath, edit: ValueEdit): Buffer {
  if (segment !== undefined) return editSegment(der, segment, edit);
  return editInside(der, steps, edit);
}

function editInside(der: Buffer, steps: EditPath['steps'], edit: ValueEdit): Buffer {
  const outer = readTlv(der, 0, der.length, 'definite');
  const [{ field, siblings } = undefined!, ...inner] = steps;
  const tags = Object.values(siblings).map(({ tag }) => tag);
  const children = childrenOf(outer);
  const at = children.findIndex(({ tag }) => tag === field.tag);
  const present = children[at];
  const octets = children.map(tlvBytes);
  if (inner.length > 0) {
    if (!present) throw new ChangeError('is not there');
    octets[at] = editInside(tlvBytes(present), inner, edit);
  } else {
    const value = edit(present && tlvValue(present));
    const made = value === undefined ? [] : [tlv(field.tag, value)];
    if (present) octets.splice(at, 1, ...made);
    else octets.splice(placeFor(field.tag, children, tags), 0, ...made);
  }
  return tlv(outer.tag, ...octets);
}

/** The index at which a member with this tag belongs in the structure. A member with an unknown tag goes to the end. */
function placeFor(tag: number, children: readonly Tlv[], order: readonly number[]): number {
  if (!order.includes(tag)) return children.length;
  const at = children.findIndex((child) => order.indexOf(child.tag) > order.indexOf(tag));
  return at < 0 ? children.length : at;
}

/** Edits a protected TLV of a BPP. If `number` exceeds the number of TLVs, edits the last TLV. */
function editSegment(boundProfilePackage: Buffer, number: number, edit: ValueEdit): Buffer {
  const outer = readTlv(boundProfilePackage, 0, boundProfilePackage.length, 'definite');
  const containers = childrenOf(outer);
  const all = containers.filter(isSeries).flatMap(childrenOf);
  const chosen = all[Math.min(number, all.length) - 1];
  const parts = containers.map((container) => {
    if (!isSeries(container)) return tlvBytes(container);
    const kept = childrenOf(container).flatMap((segment) => {
      if (segment.start !== chosen?.start) return [tlvBytes(segment)];
      const value = edit(tlvValue(segment));
      return value === undefined ? [] : [tlv(segment.tag, value)];
    });
    return tlv(container.tag, ...kept);
  });
  return tlv(outer.tag, ...parts);
}

const isSeries = ({ tag }: Tlv): boolean => tag >= 0xa0 && tag <= 0xa3;

const childrenOf = ({ bytes, valueStart, end }: Tlv): Tlv[] => [
  ...readAll(bytes, valueStart, end, 'definite'),
];
