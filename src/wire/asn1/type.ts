import { Asn1Error } from './errors.js';
import { readTlv, tagName, tlvBytes, type LengthRule, type Tlv } from './tlv.js';

/** An ASN.1 type: its tags, and how its values are read and written. */
export interface Type<T> {
  /** The tags with which a value may start. `undefined`: any tag. */
  readonly tags: readonly number[] | undefined;
  /** Reads a value whose TLV header was read and whose tag is in `tags`. */
  read(tlv: Tlv): T;
  /** The whole DER encoding of `value`. */
  write(value: T): Buffer;
}

/** The TypeScript type of the values of an ASN.1 type. */
export type Infer<S> = S extends Type<infer T> ? T : never;

/** A member that may be absent. */
export interface Optional<T> extends Type<T> {
  readonly optional: true;
}

/**
 * A base class whose constructor returns the object that it is given. So a subclass can add a private member to an
 * existing object.
 */
class Around {
  constructor(value: object) {
    return value;
  }
}

/**
 * Stores the received TLV in the decoded value, as a private member. Other ways are slower. A WeakMap would take half of the time of
 * decoding a certificate, and non-enumerable properties a fifth.
 */
class ReceivedTlv extends Around {
  #tlv: Tlv;

  constructor(value: object, tlv: Tlv) {
    super(value);
    this.#tlv = tlv;
  }

  static put(value: object, tlv: Tlv): void {
    if (#tlv in value) value.#tlv = tlv;
    else new ReceivedTlv(value, tlv);
  }

  static of(value: object): Tlv | undefined {
    return #tlv in value ? value.#tlv : undefined;
  }
}

/** Stores in `value` the octets from which it was read. Only for the types in this folder. */
export function remember<T extends object>(value: T, tlv: Tlv): T {
  ReceivedTlv.put(value, tlv);
  return value;
}

/**
 * The exact octets from which a value (SEQUENCE, SEQUENCE OF, CHOICE, OCTET STRING, BIT STRING) was decoded, including tag and length.
 * Signatures are verified over these octets, never over a new encoding.
 *
 * @throws Error if the value was not decoded but created by the program
 */
export function received(value: object): Buffer {
  const tlv = ReceivedTlv.of(value);
  if (!tlv) throw new Error('received() of a value that was not decoded');
  return tlvBytes(tlv);
}

export interface DecodeOptions {
  /** Default `minimal`. */
  readonly lengths?: LengthRule;
}

/**
 * Decodes `bytes`, which must be exactly one value of `type`.
 *
 * @throws Asn1Error that names the invalid field
 */
export function decode<T>(type: Type<T>, bytes: Buffer, options: DecodeOptions = {}): T {
  const tlv = readTlv(bytes, 0, bytes.length, options.lengths ?? 'minimal');
  if (tlv.end !== bytes.length) {
    throw new Asn1Error(`is followed by ${bytes.length - tlv.end} octets that do not belong to it`, tlv.end);
  }
  return readAs(type, tlv);
}

/** The DER encoding of `value`. */
export const encode = <T>(type: Type<T>, value: T): Buffer => type.write(value);

/** Reads `tlv` as `type`. Refuses any other tag. */
export function readAs<T>(type: Type<T>, tlv: Tlv): T {
  if (!accepts(type, tlv.tag)) {
    const wanted = type.tags!.map(tagName).join(' or ');
    throw new Asn1Error(`has tag ${tagName(tlv.tag)} instead of ${wanted}`, tlv.start);
  }
  return type.read(tlv);
}

export const accepts = (type: Type<unknown>, tag: number): boolean =>
  type.tags === undefined || type.tags.includes(tag);
