import { isUtf8 } from 'node:buffer';
import { characterCount } from '../../base/characters.js';
import { Asn1Error } from './errors.js';
import { remember, type Type } from './type.js';
import { readTlv, tagName, tlv as writeTlv, tlvBytes, tlvValue, type Tlv } from './tlv.js';

/** Limits on the number of octets (or characters, or elements). */
export interface Size {
  readonly length?: number;
  readonly min?: number;
  readonly max?: number;
}

/** Throws unless `count` is within `size`. */
export function checkSize(count: number, size: Size, unit: string, offset: number): void {
  const min = size.length ?? size.min ?? 0;
  const max = size.length ?? size.max ?? Infinity;
  if (count >= min && count <= max) return;
  const wanted = min === max ? `${min}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
  throw new Asn1Error(`has ${count} ${unit} instead of ${wanted}`, offset);
}

/** Builds a primitive type with one tag from a decoding and an encoding function. */
function primitive<T>(
  tag: number,
  read: (octets: Buffer, tlv: Tlv) => T,
  write: (value: T) => Uint8Array,
): Type<T> {
  return {
    tags: [tag],
    read: (tlv) => read(tlvValue(tlv), tlv),
    write: (value) => writeTlv(tag, write(value)),
  };
}

/** OCTET STRING. */
export function octetString(tag = 0x04, size: Size = {}): Type<Buffer> {
  return primitive(
    tag,
    (octets, tlv) => {
      checkSize(octets.length, size, 'octets', tlv.start);
      return remember(octets, tlv);
    },
    (value) => {
      checkSize(value.length, size, 'octets', -1);
      return value;
    },
  );
}

/** INTEGER from 0 (or `min`) to 2^31-1 (or `max`). */
export function integer(tag = 0x02, { min = 0, max = 0x7fffffff } = {}): Type<number> {
  const check = (value: number, offset: number): number => {
    if (!Number.isInteger(value) || value < min || value > max)
      throw new Asn1Error(`is ${value}, outside ${min} to ${max}`, offset);
    return value;
  };
  return primitive(
    tag,
    (octets, tlv) => {
      if (octets.length < 1 || octets.length > 6) {
        throw new Asn1Error(`is an INTEGER of ${octets.length} octets`, tlv.start);
      }
      if (tlv.lengths === 'minimal' && octets.length > 1 && isRedundant(octets)) {
        throw new Asn1Error('is an INTEGER that is not in its shortest form', tlv.start);
      }
      return check(octets.readIntBE(0, octets.length), tlv.start);
    },
    (value) => integerOctets(check(value, -1)),
  );
}

const isRedundant = (octets: Buffer): boolean =>
  (octets[0] === 0x00 && octets[1]! < 0x80) || (octets[0] === 0xff && octets[1]! >= 0x80);

function integerOctets(value: number): Buffer {
  let size = 1;
  while (value < -(2 ** (8 * size - 1)) || value >= 2 ** (8 * size - 1)) size++;
  const octets = Buffer.allocUnsafe(size);
  octets.writeIntBE(value, 0, size);
  return octets;
}

/** BOOLEAN: FF or 00. */
export function boolean(tag = 0x01): Type<boolean> {
  return primitive(
    tag,
    (octets, tlv) => {
      const [octet] = octets;
      if (octets.length !== 1 || (tlv.lengths === 'minimal' && octet !== 0x00 && octet !== 0xff)) {
        throw new Asn1Error('is not a BOOLEAN in DER', tlv.start);
      }
      return octet !== 0;
    },
    (value) => Buffer.of(value ? 0xff : 0x00),
  );
}

/** NULL. */
export function nullValue(tag = 0x05): Type<null> {
  return primitive(
    tag,
    (octets, tlv) => {
      if (octets.length > 0) throw new Asn1Error('is a NULL with content', tlv.start);
      return null;
    },
    () => Buffer.alloc(0),
  );
}

/**
 * UTF8String. Also serves for other string types, if all their values are valid UTF-8.
 *
 * `size` counts characters, as in X.680, not octets.
 */
export function utf8String(tag = 0x0c, size: Size = {}): Type<string> {
  return primitive(
    tag,
    (octets, tlv) => {
      if (!isUtf8(octets)) throw new Asn1Error('is not UTF-8', tlv.start);
      const text = octets.toString('utf8');
      checkSize(characterCount(text), size, 'characters', tlv.start);
      return text;
    },
    (value) => {
      checkSize(characterCount(value), size, 'characters', -1);
      const octets = Buffer.from(value, 'utf8');
      // Half a surrogate pair has no UTF-8 encoding. `Buffer` would silently write U+FFFD in its place.
      if (octets.toString('utf8') !== value)
        throw new Asn1Error('has an unpaired surrogate, which UTF-8 cannot encode');
      return octets;
    },
  );
}

/** OBJECT IDENTIFIER as dotted decimals. */
export function objectIdentifier(tag = 0x06): Type<string> {
  return primitive(tag, (octets, tlv) => oidFromOctets(octets, tlv.start), oidToOctets);
}

/** Converts the content octets of an OBJECT IDENTIFIER to its dotted form. */
export function oidFromOctets(octets: Buffer, offset = 0): string {
  if (octets.length === 0 || octets.at(-1)! & 0x80)
    throw new Asn1Error('is an incomplete OBJECT IDENTIFIER', offset);
  let text = '';
  let arc = 0;
  let first = true;
  for (const octet of octets) {
    if (first && octet === 0x80) throw new Asn1Error('has an arc with a leading zero', offset);
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) throw new Asn1Error('has an arc of more than 53 bits', offset);
    first = !(octet & 0x80);
    if (!first) continue;
    if (text === '') {
      const root = Math.min(2, Math.floor(arc / 40));
      text = `${root}.${arc - 40 * root}`;
    } else {
      text += `.${arc}`;
    }
    arc = 0;
  }
  return text;
}

/** Converts the dotted form of an OBJECT IDENTIFIER to its content octets. */
export function oidToOctets(oid: string): Buffer {
  if (!/^[012](\.(0|[1-9]\d{0,15}))+$/.test(oid))
    throw new Asn1Error(`is not an OBJECT IDENTIFIER: '${oid}'`);
  const [root, second, ...rest] = oid.split('.').map(Number) as [number, number, ...number[]];
  // The first two arcs are encoded as one number. If the first arc is 0 or 1, the second must be below 40. Otherwise a decoder could not separate them.
  if (root < 2 && second >= 40) throw new Asn1Error(`is not an OBJECT IDENTIFIER: '${oid}'`);
  const arcs = [root * 40 + second, ...rest];
  if (arcs.some((arc) => arc > Number.MAX_SAFE_INTEGER)) {
    throw new Asn1Error(`has an arc of more than 53 bits: '${oid}'`);
  }
  const octets: number[] = [];
  for (const arc of arcs) {
    const base128 = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      base128.unshift((left % 128) + 128);
    }
    octets.push(...base128);
  }
  return Buffer.from(octets);
}

/** Any single TLV, or any TLV with `tag`. The decoded value is the whole TLV as received, so it can be passed on unchanged. */
export function any(tag?: number): Type<Buffer> {
  return {
    tags: tag === undefined ? undefined : [tag],
    read: (tlv) => remember(tlvBytes(tlv), tlv),
    write(value) {
      const inner = readTlv(value, 0, value.length, 'definite');
      if (inner.end !== value.length) throw new Asn1Error('is more than one TLV');
      if (tag !== undefined && inner.tag !== tag) {
        throw new Asn1Error(`has tag ${tagName(inner.tag)} instead of ${tagName(tag)}`);
      }
      return value;
    },
  };
}
