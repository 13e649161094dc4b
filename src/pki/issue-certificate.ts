import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { parseCertificate, type Certificate } from './certificate.js';
import { algorithms } from './oids.js';
import { publicKeyInfo, publicKeyOctets } from './public-key.js';
import * as der from './write-der.js';
import { nameNode, write, type ExtensionToWrite, type NameToWrite } from './write-extensions.js';

/** A certificate with its private key. */
export interface Credential {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** A newly issued certificate. */
export interface Issued extends Credential {
  /**
   * The certificate in DER. Use this member if the certificate is malformed on purpose: then reading `certificate`
   * throws a CertificateError.
   */
  readonly der: Buffer;
}

/** The extensions of a certificate to issue, by name. `null` omits an extension. */
export type ExtensionsToWrite = { readonly [K in keyof typeof write]?: ExtensionToWrite | null };

/** The content of a certificate to issue. */
export interface CertificateRequest {
  readonly subject: NameToWrite;
  readonly extensions: ExtensionsToWrite;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Hex. Default: 8 random octets. */
  readonly serialNumber?: string;
  /** Default: a new key on `curve`. */
  readonly key?: KeyObject;
  /** Curve name in node:crypto. Default: the curve of the issuer's key, or P-256. */
  readonly curve?: string;
  /** Default: the issuer's subject. For a self-signed certificate, `subject`. */
  readonly issuerName?: NameToWrite;
  /** Default: the issuer's key. For a self-signed certificate, its own key. */
  readonly signingKey?: KeyObject;
  /** Whether the signature is made invalid on purpose. */
  readonly forged?: boolean;
}

/** Issues a certificate under `issuer`, or a self-signed one. */
export function issueCertificate(request: CertificateRequest, issuer?: Credential): Issued {
  const curve = request.curve ?? issuer?.key.asymmetricKeyDetails?.namedCurve ?? 'P-256';
  const key = request.key ?? generateKeyPairSync('ec', { namedCurve: curve }).privateKey;
  const issuerKeyId = issuer?.certificate.subjectKeyId;
  const extensions: ExtensionsToWrite = {
    authorityKeyId: issuerKeyId ? write.authorityKeyId(issuerKeyId) : null,
    subjectKeyId: write.subjectKeyId(keyIdentifier(key)),
    ...request.extensions,
  };

  const algorithm = der.sequence(der.oid(algorithms.ecdsaWithSha256));
  const issuerNode = request.issuerName
    ? nameNode(request.issuerName)
    : issuer
      ? der.encoded(issuer.certificate.subject.der)
      : nameNode(request.subject);
  const tbs = der.sequence(
    der.tagged(0, der.integer('02')),
    der.integer(request.serialNumber ?? randomSerialNumber()),
    algorithm,
    issuerNode,
    der.sequence(der.time(request.notBefore), der.time(request.notAfter)),
    nameNode(request.subject),
    der.encoded(publicKeyInfo(key)),
    der.tagged(
      3,
      der.sequence(...Object.values(extensions).flatMap((item) => (item ? [extensionNode(item)] : []))),
    ),
  );
  const signature = sign('sha256', der.toDer(tbs), request.signingKey ?? issuer?.key ?? key);
  if (request.forged) signature[signature.length - 1]! ^= 0x01;
  const octets = der.toDer(der.sequence(tbs, algorithm, der.bitString(signature)));
  let certificate: Certificate | undefined;
  return {
    der: octets,
    key,
    get certificate() {
      return (certificate ??= parseCertificate(octets));
    },
  };
}

const extensionNode = ({ oid, critical, value }: ExtensionToWrite): der.Node =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));

/** SHA-1 of the public key octets: method (1) of RFC 5280 4.2.1.2. */
export const keyIdentifier = (key: KeyObject): Buffer =>
  createHash('sha1').update(publicKeyOctets(key)).digest();

/** A random serial number that is positive and has no leading zero octet. */
function randomSerialNumber(): string {
  const octets = randomBytes(8);
  octets[0] = (octets[0]! & 0x3f) | 0x40;
  return octets.toString('hex');
}
