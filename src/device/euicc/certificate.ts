import { X509Certificate, type KeyObject } from 'node:crypto';
import {
  any,
  bitString,
  boolean,
  decode,
  explicit,
  hasBit,
  objectIdentifier,
  octetString,
  oidFromOctets,
  optional,
  readAll,
  readTlv,
  sequence,
  sequenceOf,
  tlvValue,
} from '../../wire/asn1/index.js';

const Extension = sequence({
  extnID: objectIdentifier(),
  critical: optional(boolean()),
  extnValue: octetString(),
});

const X509 = sequence({
  tbsCertificate: sequence({
    version: any(0xa0),
    serialNumber: any(0x02),
    signature: sequence({ algorithm: objectIdentifier() }),
    issuer: any(0x30),
    validity: any(0x30),
    subject: any(0x30),
    subjectPublicKeyInfo: any(0x30),
    extensions: explicit(0xa3, sequenceOf(Extension)),
  }),
  signatureAlgorithm: sequence({ algorithm: objectIdentifier() }),
  signatureValue: bitString(),
});

const AuthorityKeyIdentifier = sequence({ keyIdentifier: optional(octetString(0x80)) }, { extensible: true });
const BasicConstraints = sequence({ cA: optional(boolean()) }, { extensible: true });
const CertificatePolicies = sequenceOf(
  sequence({ policyIdentifier: objectIdentifier() }, { extensible: true }),
);

const oids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
};

/** The fields of a certificate that the virtual eUICC checks (SGP.22 4.5.2). */
export interface CardCertificate {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** The curve of the key, with its name in node:crypto. `undefined` if the key is not an EC key. */
  readonly curve: string | undefined;
  /** OID, dotted. */
  readonly signatureAlgorithm: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectKeyIdentifier: Buffer | undefined;
  readonly authorityKeyIdentifier: Buffer | undefined;
  /** OIDs of certificatePolicies, dotted. */
  readonly policies: readonly string[];
  /** Whether keyUsage has digitalSignature. */
  readonly signsData: boolean;
  readonly isCa: boolean;
  /** registeredID of the subjectAltName, dotted. */
  readonly registeredId: string | undefined;
  /** OIDs of critical extensions that this reader does not know, dotted. */
  readonly unknownCriticalExtensions: readonly string[];
}

/**
 * Reads an X.509 certificate (DER). The eUICC and the server use different readers, so that a mistake in one of the readers makes tests
 * fail.
 *
 * @throws Asn1Error or Error when `der` is not a certificate
 */
export function readCertificate(der: Buffer): CardCertificate {
  const x509 = new X509Certificate(der);
  const { tbsCertificate, signatureAlgorithm } = decode(X509, x509.raw);
  const extensions = new Map(tbsCertificate.extensions.map((each) => [each.extnID, each]));
  const extension = <T>(oid: string, read: (octets: Buffer) => T): T | undefined => {
    const found = extensions.get(oid);
    return found && read(found.extnValue);
  };
  const known = new Set(Object.values(oids));
  return {
    x509,
    publicKey: x509.publicKey,
    curve: x509.publicKey.asymmetricKeyDetails?.namedCurve,
    signatureAlgorithm: signatureAlgorithm.algorithm,
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    subjectKeyIdentifier: extension(oids.subjectKeyIdentifier, (octets) => decode(octetString(), octets)),
    authorityKeyIdentifier: extension(
      oids.authorityKeyIdentifier,
      (octets) => decode(AuthorityKeyIdentifier, octets).keyIdentifier,
    ),
    policies:
      extension(oids.certificatePolicies, (octets) =>
        decode(CertificatePolicies, octets).map((policy) => policy.policyIdentifier),
      ) ?? [],
    signsData: extension(oids.keyUsage, (octets) => hasBit(decode(bitString(), octets), 0)) ?? false,
    isCa: extension(oids.basicConstraints, (octets) => decode(BasicConstraints, octets).cA) ?? false,
    registeredId: extension(oids.subjectAltName, registeredIdOf),
    unknownCriticalExtensions: tbsCertificate.extensions
      .filter(({ critical, extnID }) => critical && !known.has(extnID))
      .map(({ extnID }) => extnID),
  };
}

function registeredIdOf(generalNames: Buffer): string | undefined {
  const names = readTlv(generalNames, 0, generalNames.length, 'minimal');
  for (const name of readAll(generalNames, names.valueStart, names.end, 'minimal')) {
    if (name.tag === 0x88) return oidFromOctets(tlvValue(name), name.start);
  }
  return undefined;
}
