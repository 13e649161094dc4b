import type forge from 'node-forge';
import asn1 from 'node-forge/lib/asn1.js';

/**
 * Writes the DER of issued certificates with node-forge. `wire/asn1/` reads the certificates. If `wire/asn1/` also
 * wrote them, a bug in both reading and writing would go unnoticed.
 */

declare const isNode: unique symbol;

/** An element to write. This type is opaque, because the published type declarations must not refer to node-forge. */
export interface Node {
  readonly [isNode]: true;
}

const node = (element: forge.asn1.Asn1): Node => element as unknown as Node;
const element = (from: Node): forge.asn1.Asn1 => from as unknown as forge.asn1.Asn1;

function create(tagClass: forge.asn1.Class, type: number, value: string | Node[]): Node {
  const isConstructed = Array.isArray(value);
  return node(asn1.create(tagClass, type, isConstructed, isConstructed ? value.map(element) : value));
}

const universal = (type: forge.asn1.Type, value: string | Node[]): Node =>
  create(asn1.Class.UNIVERSAL, type, value);

export const sequence = (...items: Node[]): Node => universal(asn1.Type.SEQUENCE, items);
export const set = (...items: Node[]): Node => universal(asn1.Type.SET, items);
export const oid = (dotted: string): Node => universal(asn1.Type.OID, asn1.oidToDer(dotted).getBytes());
export const boolean = (value: boolean): Node => universal(asn1.Type.BOOLEAN, value ? '\xff' : '\x00');
export const octetString = (value: Buffer): Node => universal(asn1.Type.OCTETSTRING, binary(value));
export const utf8 = (text: string): Node => universal(asn1.Type.UTF8, binary(Buffer.from(text, 'utf8')));
export const printable = (text: string): Node => universal(asn1.Type.PRINTABLESTRING, text);

/** A non-negative INTEGER. @param hex its value in hex */
export function integer(hex: string): Node {
  const magnitude = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const first = magnitude.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? Buffer.of(0) : magnitude.subarray(first);
  return universal(asn1.Type.INTEGER, (digits[0]! & 0x80 ? '\x00' : '') + binary(digits));
}

export const bitString = (octets: Buffer, unusedBits = 0): Node =>
  universal(asn1.Type.BITSTRING, String.fromCharCode(unusedBits) + binary(octets));

/** UTCTime up to 2049, GeneralizedTime after that (RFC 5280 4.1.2.5). */
export function time(date: Date): Node {
  const digits = date.toISOString().replace(/\.\d+|[-:T]/g, '');
  return date.getUTCFullYear() < 2050
    ? universal(asn1.Type.UTCTIME, digits.slice(2))
    : universal(asn1.Type.GENERALIZEDTIME, digits);
}

/** A context tag around other elements: an EXPLICIT tag, or an IMPLICIT tag of a SEQUENCE OF. */
export const tagged = (number: number, ...items: Node[]): Node =>
  create(asn1.Class.CONTEXT_SPECIFIC, number, items);

/** An IMPLICIT context tag of a primitive type. */
export const taggedOctets = (number: number, value: Buffer): Node =>
  create(asn1.Class.CONTEXT_SPECIFIC, number, binary(value));

/** An element that is already in DER. */
export const encoded = (der: Buffer): Node => node(asn1.fromDer(binary(der)));

export const toDer = (from: Node): Buffer => Buffer.from(asn1.toDer(element(from)).getBytes(), 'latin1');

const binary = (octets: Buffer): string => octets.toString('latin1');
