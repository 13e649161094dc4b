import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import * as der from './write-der.js';

const oids = {
  data: '1.2.840.113549.1.7.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

const iterations = 2048;

/** The id that stands for a MAC key in the key derivation of PKCS #12 (RFC 7292 B.3). */
const macPurpose = 3;

/** The content of a PKCS #12 file. */
export interface Pkcs12Content {
  readonly key: KeyObject;
  /** In DER. The first one belongs to the key. */
  readonly certificates: readonly Buffer[];
  readonly password: string;
}

/**
 * Builds a PKCS #12 file (RFC 7292) that browsers, Java, curl and key chains can import. The key is encrypted with AES-256; the
 * certificates are not encrypted. A MAC with SHA-256 covers everything. node-forge can build such files only for RSA keys.
 */
export async function toPkcs12({ key, certificates, password }: Pkcs12Content): Promise<Buffer> {
  const keyId = createHash('sha1').update(certificates[0]!).digest();
  const authenticatedSafe = der.toDer(
    der.sequence(
      dataOf(
        der.sequence(...certificates.map((one, index) => certBag(one, index === 0 ? keyId : undefined))),
      ),
      dataOf(der.sequence(keyBag(key, password, keyId))),
    ),
  );
  return der.toDer(
    der.sequence(der.integer('03'), data(authenticatedSafe), await macOver(authenticatedSafe, password)),
  );
}

const data = (octets: Buffer): der.Node =>
  der.sequence(der.oid(oids.data), der.tagged(0, der.octetString(octets)));
const dataOf = (content: der.Node): der.Node => data(der.toDer(content));

function certBag(certificate: Buffer, keyId: Buffer | undefined): der.Node {
  const bag = der.sequence(der.oid(oids.x509Certificate), der.tagged(0, der.octetString(certificate)));
  return der.sequence(der.oid(oids.certBag), der.tagged(0, bag), ...(keyId ? [attributes(keyId)] : []));
}

function keyBag(key: KeyObject, password: string, keyId: Buffer): der.Node {
  const encrypted = key.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: password });
  return der.sequence(der.oid(oids.shroudedKeyBag), der.tagged(0, der.encoded(encrypted)), attributes(keyId));
}

/** Links the key to its certificate. */
const attributes = (keyId: Buffer): der.Node =>
  der.set(der.sequence(der.oid(oids.localKeyId), der.set(der.octetString(keyId))));

async function macOver(content: Buffer, password: string): Promise<der.Node> {
  const { default: forge } = await import('node-forge');
  const salt = randomBytes(16);
  const key = forge.pkcs12.generateKey(
    password,
    forge.util.createBuffer(salt.toString('latin1')),
    macPurpose,
    iterations,
    32,
    forge.md.sha256.create(),
  );
  const mac = createHmac('sha256', Buffer.from(key.getBytes(), 'latin1')).update(content).digest();
  const algorithm = der.sequence(der.oid(oids.sha256), der.encoded(Buffer.from('0500', 'hex')));
  return der.sequence(
    der.sequence(algorithm, der.octetString(mac)),
    der.octetString(salt),
    der.integer(iterations.toString(16)),
  );
}
