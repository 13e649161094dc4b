import { Asn1Error } from './errors.js';
import { tlv as writeTlv, tlvValue } from './tlv.js';
import { remember, type Type } from './type.js';

/** A BIT STRING: bit 0 is the most significant bit of the first octet. */
export interface BitString {
  readonly octets: Buffer;
  readonly unusedBits: number;
}

/** BIT STRING. Accepts trailing zero bits, because some eUICCs send them, although DER forbids them in named-bit lists. */
export function bitString(tag = 0x03): Type<BitString> {
  return {
    tags: [tag],
    read(tlv) {
      const content = tlvValue(tlv);
      const unusedBits = content[0];
      if (unusedBits === undefined || unusedBits > 7 || (unusedBits > 0 && content.length === 1)) {
        throw new Asn1Error('is a malformed BIT STRING', tlv.start);
      }
      if (tlv.lengths === 'minimal' && hasUnusedBitsSet(content, unusedBits)) {
        throw new Asn1Error('is a BIT STRING with unused bits that are set', tlv.start);
      }
      return remember({ octets: content.subarray(1), unusedBits }, tlv);
    },
    write: ({ octets, unusedBits }) => writeTlv(tag, Buffer.of(unusedBits), octets),
  };
}

const hasUnusedBitsSet = (content: Buffer, unusedBits: number): boolean =>
  unusedBits > 0 && (content.at(-1)! & ((1 << unusedBits) - 1)) !== 0;

/** Whether bit number `index` is present and set. */
export function hasBit({ octets, unusedBits }: BitString, index: number): boolean {
  if (index >= octets.length * 8 - unusedBits) return false;
  return (octets[index >> 3]! & (0x80 >> (index & 7))) !== 0;
}

/** The named-bit list with these bits set, without trailing zero bits, as DER requires. */
export function bits(...indexes: readonly number[]): BitString {
  if (indexes.length === 0) return { octets: Buffer.alloc(0), unusedBits: 0 };
  const highest = Math.max(...indexes);
  const octets = Buffer.alloc((highest >> 3) + 1);
  for (const index of indexes) octets[index >> 3]! |= 0x80 >> (index & 7);
  return { octets, unusedBits: 7 - (highest & 7) };
}

/** The numbers of the set bits, ascending. */
export function setBits(value: BitString): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < value.octets.length * 8; index++) {
    if (hasBit(value, index)) indexes.push(index);
  }
  return indexes;
}
