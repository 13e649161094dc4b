import type { KeyObject } from 'node:crypto';
import { parseCertificate, type Certificate } from './certificate.js';
import { hasRole, requireIssuedBy } from './chain.js';
import { CertificateError, PkiError } from './errors.js';
import type { Credential } from './issue-certificate.js';
import type { Role } from './oids.js';
import { isPrivateKey, pemBlocks, privateKeyFromPem } from './pem.js';
import { publicKeyOctets } from './public-key.js';
import type { PkiFile } from './read-folder.js';

export interface FoundCertificate {
  readonly file: string;
  readonly certificate: Certificate;
}

export interface FoundKey {
  readonly file: string;
  readonly key: KeyObject;
  /** The content octets of its public key. */
  readonly publicKey: Buffer;
}

/** A certificate whose private key is at hand. */
export interface FoundCredential extends FoundCertificate, Credential {
  readonly keyFile: string;
}

/** What a PKI folder contains, told apart by content; file names are for messages and for the order. */
export class Material {
  readonly certificates: FoundCertificate[] = [];
  readonly keys: FoundKey[] = [];
  readonly crls: PkiFile[] = [];

  /**
   * Takes in a file.
   *
   * @throws PkiError naming the file when it is not what its name says
   */
  add({ name, content }: PkiFile): void {
    // SGP.26 has sets of certificates that are broken on purpose.
    if (/_(INV|EXPIRED)_/i.test(name)) return;
    try {
      this.#add(name, content);
    } catch (error) {
      throw new PkiError(`${name}: ${(error as Error).message}. Replace the file or take it away.`, {
        cause: error,
      });
    }
  }

  #add(file: string, content: Buffer): void {
    if (content[0] === 0x30) {
      this.#addDer(file, content);
      return;
    }
    const blocks = pemBlocks(content.toString('latin1'));
    if (blocks.length === 0) throw new PkiError('Neither DER nor PEM');
    for (const block of blocks) {
      if (isPrivateKey(block)) this.addKey(file, privateKey(block));
      else if (block.label === 'CERTIFICATE') this.addCertificate(file, parseCertificate(block.octets));
      else if (block.label === 'X509 CRL') this.crls.push({ name: file, content: block.octets });
    }
  }

  #addDer(name: string, content: Buffer): void {
    if (/\.crl$/i.test(name)) this.crls.push({ name, content });
    // Keys in DER are not part of SGP.26; those of other tools have such names.
    else if (!/(^|\/)[SP]K_/.test(name)) this.addCertificate(name, parseCertificate(content));
  }

  addCertificate(file: string, certificate: Certificate): void {
    this.certificates.push({ file, certificate });
  }

  addKey(file: string, key: KeyObject): void {
    this.keys.push({ file, key, publicKey: publicKeyOctets(key) });
  }

  /** Forgets what was read from a file, because it is about to be replaced. */
  drop(file: string): void {
    const index = this.certificates.findIndex((found) => found.file === file);
    if (index >= 0) this.certificates.splice(index, 1);
  }

  /** The certificates of a role. */
  withRole(role: Role): FoundCertificate[] {
    return this.certificates.filter(({ certificate }) => hasRole(certificate, role));
  }

  /** The certificate with its private key, where that is in the folder. */
  credential({ file, certificate }: FoundCertificate): FoundCredential | undefined {
    const found = this.keys.find(({ publicKey }) => publicKey.equals(certificate.publicPoint));
    return found && { file, certificate, key: found.key, keyFile: found.file };
  }

  credentials(role: Role): FoundCredential[] {
    return this.withRole(role).flatMap((found) => this.credential(found) ?? []);
  }

  /** Keys that belong to no certificate of the folder. */
  unusedKeys(): FoundKey[] {
    return this.keys.filter(
      ({ publicKey }) =>
        !this.certificates.some(({ certificate }) => certificate.publicPoint.equals(publicKey)),
    );
  }
}

function privateKey(block: Parameters<typeof privateKeyFromPem>[0]): KeyObject {
  try {
    return privateKeyFromPem(block);
  } catch {
    throw new PkiError('The private key cannot be read: it is malformed or encrypted');
  }
}

/** Every certificate of a folder is held against each of its issuers several times. */
const known = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

/** Whether `issuer` has issued `certificate`, by key identifier and signature. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const issuers = known.get(certificate) ?? new WeakMap<Certificate, boolean>();
  known.set(certificate, issuers);
  const answer = issuers.get(issuer) ?? verifyIssuer(certificate, issuer);
  issuers.set(issuer, answer);
  return answer;
}

function verifyIssuer(certificate: Certificate, issuer: Certificate): boolean {
  try {
    requireIssuedBy(certificate, issuer);
    return true;
  } catch (error) {
    if (error instanceof CertificateError) return false;
    throw error;
  }
}

export const isValidAt = ({ notBefore, notAfter }: Certificate, now: Date): boolean =>
  notBefore <= now && now <= notAfter;
