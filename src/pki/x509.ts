import {
  any,
  bitString,
  boolean,
  choice,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
  utf8String,
  type Infer,
} from '../wire/asn1/index.js';

/** The ASN.1 of RFC 5280 that certificates and CRLs of SGP.22 use. */

export const AlgorithmIdentifier = sequence({
  algorithm: objectIdentifier(),
  parameters: optional(any()),
});

export const Name = sequenceOf(
  sequenceOf(sequence({ type: objectIdentifier(), value: any() }), { tag: 0x31, min: 1 }),
);
export type Name = Infer<typeof Name>;

export const Time = choice({ utcTime: utf8String(0x17), generalTime: utf8String(0x18) });
export type Time = Infer<typeof Time>;

export const SubjectPublicKeyInfo = sequence({
  algorithm: AlgorithmIdentifier,
  subjectPublicKey: bitString(),
});
export type SubjectPublicKeyInfo = Infer<typeof SubjectPublicKeyInfo>;

export const Extension = sequence({
  extnId: objectIdentifier(),
  critical: optional(boolean()),
  extnValue: octetString(),
});

/** A serial number as its content octets, because it may be too large for any number type. */
export const SerialNumber = octetString(0x02, { min: 1, max: 21 });

export const TbsCertificate = sequence({
  version: explicit(0xa0, integer(0x02, { min: 2, max: 2 })),
  serialNumber: SerialNumber,
  signature: AlgorithmIdentifier,
  issuer: Name,
  validity: sequence({ notBefore: Time, notAfter: Time }),
  subject: Name,
  subjectPublicKeyInfo: SubjectPublicKeyInfo,
  issuerUniqueId: optional(any(0x81)),
  subjectUniqueId: optional(any(0x82)),
  extensions: explicit(0xa3, sequenceOf(Extension, { min: 1 })),
});

export const X509Certificate = sequence({
  tbsCertificate: TbsCertificate,
  signatureAlgorithm: AlgorithmIdentifier,
  signatureValue: bitString(),
});

export const GeneralName = choice({
  otherName: any(0xa0),
  rfc822Name: utf8String(0x81),
  dnsName: utf8String(0x82),
  x400Address: any(0xa3),
  directoryName: explicit(0xa4, Name),
  ediPartyName: any(0xa5),
  uri: utf8String(0x86),
  ipAddress: octetString(0x87),
  registeredId: objectIdentifier(0x88),
});

export const GeneralNames = sequenceOf(GeneralName, { min: 1 });

export const AuthorityKeyIdentifier = sequence({
  keyIdentifier: optional(octetString(0x80)),
  authorityCertIssuer: optional(any(0xa1)),
  authorityCertSerialNumber: optional(any(0x82)),
});

export const BasicConstraints = sequence({ ca: optional(boolean()), pathLen: optional(integer()) });

export const CertificatePolicies = sequenceOf(
  sequence({ policyIdentifier: objectIdentifier(), policyQualifiers: optional(any(0x30)) }),
  { min: 1 },
);

export const NameConstraints = sequence({
  permittedSubtrees: optional(
    sequenceOf(sequence({ base: GeneralName, minimum: optional(any(0x80)), maximum: optional(any(0x81)) }), {
      tag: 0xa0,
      min: 1,
    }),
  ),
  excludedSubtrees: optional(any(0xa1)),
});

export const KeyPurposes = sequenceOf(objectIdentifier(), { min: 1 });

/** SGP.22 v3 4.5.2: EUM identification numbers. */
export const PermittedEins = sequenceOf(utf8String(0x13), { min: 1 });

export const CertificateList = sequence({
  tbsCertList: sequence({
    version: integer(0x02, { min: 1, max: 1 }),
    signature: AlgorithmIdentifier,
    issuer: Name,
    thisUpdate: Time,
    nextUpdate: optional(Time),
    revokedCertificates: optional(
      sequenceOf(
        sequence({ userCertificate: SerialNumber, revocationDate: Time, extensions: optional(any(0x30)) }),
      ),
    ),
    crlExtensions: optional(explicit(0xa0, sequenceOf(Extension))),
  }),
  signatureAlgorithm: AlgorithmIdentifier,
  signatureValue: bitString(),
});
