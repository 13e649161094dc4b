import { isIPv4 } from 'node:net';
import { bits, oidToOctets } from '../wire/asn1/index.js';
import { keyUsages, type KeyUsage, type PermittedSubtree } from './extensions.js';
import { attributeOids, extensionOids } from './oids.js';
import * as der from './write-der.js';

/** An extension of a certificate to issue. `value` is the DER inside the extension. */
export interface ExtensionToWrite {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer;
}

const extension = (oid: string, critical: boolean, value: der.Node): ExtensionToWrite => ({
  oid,
  critical,
  value: der.toDer(value),
});

/** Builders for the extensions of SGP.22 4.5.2.1. The default criticality is that of the specification. */
export const write = {
  subjectKeyId: (keyId: Buffer) => extension(extensionOids.subjectKeyId, false, der.octetString(keyId)),

  authorityKeyId: (keyId: Buffer) =>
    extension(extensionOids.authorityKeyId, false, der.sequence(der.taggedOctets(0, keyId))),

  keyUsage(usages: readonly KeyUsage[], critical = true) {
    const { octets, unusedBits } = bits(...usages.map((usage) => keyUsages.indexOf(usage)));
    return extension(extensionOids.keyUsage, critical, der.bitString(octets, unusedBits));
  },

  certificatePolicies: (policies: readonly string[], critical = true) =>
    extension(
      extensionOids.certificatePolicies,
      critical,
      der.sequence(...policies.map((policy) => der.sequence(der.oid(policy)))),
    ),

  basicConstraints(ca: boolean, pathLen?: number) {
    const members = ca ? [der.boolean(true)] : [];
    if (pathLen !== undefined) members.push(der.integer(pathLen.toString(16)));
    return extension(extensionOids.basicConstraints, true, der.sequence(...members));
  },

  extendedKeyUsage: (purposes: readonly string[], critical = true) =>
    extension(extensionOids.extendedKeyUsage, critical, der.sequence(...purposes.map(der.oid))),

  /** @param names DNS names and IP addresses as text */
  subjectAltName({ names = [], registeredId }: { names?: readonly string[]; registeredId?: string }) {
    const items = names.map((name) => {
      const address = addressOctets(name);
      return address ? der.taggedOctets(7, address) : der.taggedOctets(2, Buffer.from(name, 'ascii'));
    });
    if (registeredId !== undefined) items.push(der.taggedOctets(8, oidToOctets(registeredId)));
    return extension(extensionOids.subjectAltName, false, der.sequence(...items));
  },

  nameConstraints(subtrees: readonly PermittedSubtree[]) {
    const permitted = subtrees.map(({ organization, serialNumber }) => {
      const attributes: NameToWrite = [
        ...(organization === undefined ? [] : [['O', organization] as const]),
        ...(serialNumber === undefined ? [] : [['serialNumber', serialNumber] as const]),
      ];
      return der.sequence(der.tagged(4, nameNode(attributes)));
    });
    return extension(extensionOids.nameConstraints, true, der.sequence(der.tagged(0, ...permitted)));
  },

  permittedEins: (eins: readonly string[]) =>
    extension(extensionOids.permittedEins, true, der.sequence(...eins.map(der.printable))),

  crlDistributionPoints: (uris: readonly string[]) =>
    extension(
      extensionOids.crlDistributionPoints,
      false,
      der.sequence(
        ...uris.map((uri) =>
          der.sequence(der.tagged(0, der.tagged(0, der.taggedOctets(6, Buffer.from(uri, 'ascii'))))),
        ),
      ),
    ),

  /** An extension that no reader knows: a NULL under the given OID. */
  unknown: (oid: string, critical: boolean) => ({ oid, critical, value: Buffer.of(0x05, 0x00) }),
};

/** The name of the subject of a certificate to issue: its attributes, in order. */
export type NameToWrite = readonly (readonly [keyof typeof attributeOids, string])[];

export function nameNode(name: NameToWrite): der.Node {
  const relativeNames = name.map(([type, value]) => {
    const isPrintable = type === 'C' || type === 'serialNumber';
    return der.set(
      der.sequence(der.oid(attributeOids[type]), isPrintable ? der.printable(value) : der.utf8(value)),
    );
  });
  return der.sequence(...relativeNames);
}

/** The 4 or 16 octets of an IP address. `undefined` for a DNS name. */
function addressOctets(text: string): Buffer | undefined {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number));
  if (!text.includes(':')) return undefined;
  const [head, tail] = text.split('::') as [string, string | undefined];
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
