import {
  Asn1Error,
  decode,
  hasBit,
  bitString,
  octetString,
  type Infer,
  type Type,
} from '../wire/asn1/index.js';
import { attributesOf, valuesOf } from './distinguished-name.js';
import { attributeOids, extensionOids } from './oids.js';
import * as x509 from './x509.js';

/** Key usages in bit order (RFC 5280 4.2.1.3). */
export const keyUsages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsages)[number];

export interface SubjectAltName {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly Buffer[];
  /** Registered ids. The registered id of an SM-DP+ or SM-DS is its OID. */
  readonly registeredIds: readonly string[];
}

/** Names that an EUM may put into eUICC certificates. */
export interface PermittedSubtree {
  readonly organization?: string;
  /** The first digits of the EIDs. */
  readonly serialNumber?: string;
}

export interface NameConstraints {
  /** The DER of the extension's value. */
  readonly raw: Buffer;
  readonly permitted: readonly PermittedSubtree[];
  /** Whether the extension contains anything except permitted directory names with organization and serialNumber. */
  readonly hasOtherForms: boolean;
}

/** The values of a certificate's extensions. */
export interface CertificateExtensions {
  subjectKeyId?: Buffer;
  authorityKeyId?: Buffer;
  keyUsage?: readonly KeyUsage[];
  policies: readonly string[];
  policiesCritical: boolean;
  basicConstraints?: { readonly ca: boolean; readonly pathLen?: number };
  subjectAltName?: SubjectAltName;
  extendedKeyUsage?: readonly string[];
  nameConstraints?: NameConstraints;
  /** First digits of the EIDs (SGP.22 v3). */
  permittedEins?: readonly string[];
  /** OIDs of unknown critical extensions. */
  unknownCriticalExtensions: readonly string[];
}

type Reader = (value: Buffer, into: CertificateExtensions, critical: boolean) => void;

const reading =
  <T>(type: Type<T>, take: (value: T, into: CertificateExtensions, critical: boolean) => void): Reader =>
  (value, into, critical) =>
    take(decode(type, value), into, critical);

const readers = new Map<string, Reader>([
  [extensionOids.subjectKeyId, reading(octetString(), (value, into) => (into.subjectKeyId = value))],
  [
    extensionOids.authorityKeyId,
    reading(x509.AuthorityKeyIdentifier, ({ keyIdentifier }, into) => {
      if (keyIdentifier) into.authorityKeyId = keyIdentifier;
    }),
  ],
  [
    extensionOids.keyUsage,
    reading(bitString(), (value, into) => {
      into.keyUsage = keyUsages.filter((_, bit) => hasBit(value, bit));
    }),
  ],
  [
    extensionOids.certificatePolicies,
    reading(x509.CertificatePolicies, (value, into, critical) => {
      into.policies = value.map(({ policyIdentifier }) => policyIdentifier);
      into.policiesCritical = critical;
    }),
  ],
  [
    extensionOids.basicConstraints,
    reading(x509.BasicConstraints, ({ ca = false, pathLen }, into) => {
      into.basicConstraints = pathLen === undefined ? { ca } : { ca, pathLen };
    }),
  ],
  [extensionOids.subjectAltName, reading(x509.GeneralNames, (v, into) => (into.subjectAltName = altName(v)))],
  [extensionOids.extendedKeyUsage, reading(x509.KeyPurposes, (v, into) => (into.extendedKeyUsage = v))],
  [extensionOids.permittedEins, reading(x509.PermittedEins, (v, into) => (into.permittedEins = v))],
  [
    extensionOids.nameConstraints,
    (value, into) => (into.nameConstraints = nameConstraints(decode(x509.NameConstraints, value), value)),
  ],
  [extensionOids.crlDistributionPoints, () => undefined],
]);

/**
 * Reads the extensions of a certificate.
 *
 * @throws Asn1Error if a known extension is malformed, or any extension occurs twice
 */
export function readExtensions(extensions: readonly Infer<typeof x509.Extension>[]): CertificateExtensions {
  const unknownCriticalExtensions: string[] = [];
  const result: CertificateExtensions = { policies: [], policiesCritical: false, unknownCriticalExtensions };
  const seen = new Set<string>();
  for (const { extnId, critical = false, extnValue } of extensions) {
    if (seen.has(extnId)) throw new Asn1Error('occurs twice').within(extnId);
    seen.add(extnId);
    const read = readers.get(extnId);
    if (!read) {
      if (critical) unknownCriticalExtensions.push(extnId);
      continue;
    }
    try {
      read(extnValue, result, critical);
    } catch (error) {
      throw error instanceof Asn1Error ? error.within(extnId) : error;
    }
  }
  return result;
}

function altName(names: Infer<typeof x509.GeneralNames>): SubjectAltName {
  const result = { dnsNames: [] as string[], ipAddresses: [] as Buffer[], registeredIds: [] as string[] };
  for (const name of names) {
    if ('dnsName' in name) result.dnsNames.push(name.dnsName);
    else if ('ipAddress' in name) result.ipAddresses.push(name.ipAddress);
    else if ('registeredId' in name) result.registeredIds.push(name.registeredId);
  }
  return result;
}

function nameConstraints(value: Infer<typeof x509.NameConstraints>, raw: Buffer): NameConstraints {
  const permitted: PermittedSubtree[] = [];
  let hasOtherForms = value.excludedSubtrees !== undefined;
  for (const { base, minimum, maximum } of value.permittedSubtrees ?? []) {
    if (!('directoryName' in base) || minimum || maximum) {
      hasOtherForms = true;
      continue;
    }
    const attributes = attributesOf(base.directoryName);
    const [organization, ...moreOrganizations] = valuesOf({ attributes }, attributeOids.O);
    const [serialNumber, ...moreSerialNumbers] = valuesOf({ attributes }, attributeOids.serialNumber);
    const understood = (organization === undefined ? 0 : 1) + (serialNumber === undefined ? 0 : 1);
    if (attributes.length !== understood || moreOrganizations.length || moreSerialNumbers.length)
      hasOtherForms = true;
    permitted.push({
      ...(organization !== undefined && { organization }),
      ...(serialNumber !== undefined && { serialNumber }),
    });
  }
  return { raw, permitted, hasOtherForms };
}
