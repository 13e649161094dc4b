import { received } from '../wire/asn1/index.js';
import { attributeOids } from './oids.js';
import type { Name } from './x509.js';

export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

/** An X.501 name. */
export interface DistinguishedName {
  /** The DER as received. */
  readonly der: Buffer;
  /** Attributes in encoded order. */
  readonly attributes: readonly NameAttribute[];
  /** One line for logs: `C=ES, O=RSP Test EUM, CN=EUM Test`. */
  readonly text: string;
}

/** Converts a decoded ASN.1 name. */
export const distinguishedName = (name: Name): DistinguishedName =>
  new DecodedName(received(name), attributesOf(name));

class DecodedName implements DistinguishedName {
  constructor(
    readonly der: Buffer,
    readonly attributes: readonly NameAttribute[],
  ) {}

  get text(): string {
    return this.attributes.map(({ oid, value }) => `${shortName(oid)}=${escaped(value)}`).join(', ');
  }
}

/** The attributes of a name, without the grouping into relative names. */
export function attributesOf(name: Name): NameAttribute[] {
  const attributes: NameAttribute[] = [];
  for (const relativeName of name) {
    for (const { type, value } of relativeName) attributes.push({ oid: type, value: textOf(value) });
  }
  return attributes;
}

/** All values of one attribute. */
export const valuesOf = (name: { attributes: readonly NameAttribute[] }, oid: string): string[] =>
  name.attributes.filter((attribute) => attribute.oid === oid).map(({ value }) => value);

/** Text of a DirectoryString. Any other value is shown in hex after `#`, as in RFC 4514. */
function textOf(tlv: Buffer): string {
  const valueStart = 2 + (tlv[1]! > 0x80 ? tlv[1]! - 0x80 : 0);
  switch (tlv[0]) {
    case 0x0c:
    case 0x12:
    case 0x13:
    case 0x16:
    case 0x1a:
      return tlv.toString('utf8', valueStart);
    case 0x14:
      return tlv.toString('latin1', valueStart);
    default:
      return `#${tlv.toString('hex')}`;
  }
}

const namesByOid = new Map<string, string>(Object.entries(attributeOids).map(([name, oid]) => [oid, name]));
const shortName = (oid: string): string => namesByOid.get(oid) ?? oid;

const escaped = (value: string): string =>
  // eslint-disable-next-line no-control-regex
  value.replace(/[\x00-\x1f\x7f]/g, '?').replace(/[,\\]/g, '\\$&');
