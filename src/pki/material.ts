import type { KeyObject } from 'node:crypto';
import { basename } from 'node:path';
import type { Certificate } from './certificate.js';
import { hasRole, requireIssuedBy } from './chain.js';
import { contentsOf } from './contents.js';
import { CertificateError } from './errors.js';
import type { Credential } from './issue-certificate.js';
import type { Role } from './oids.js';
import { publicKeyOctets } from './public-key.js';
import type { PkiFile } from './read-folder.js';

export interface FoundCertificate {
  readonly file: string;
  readonly certificate: Certificate;
}

export interface FoundKey {
  readonly file: string;
  readonly key: KeyObject;
  /** The octets of the public key in the bit string of a SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
}

/** A certificate with its private key. */
export interface FoundCredential extends FoundCertificate, Credential {
  readonly keyFile: string;
}

/** A file in the folder that the server does not use. */
export interface UnusedFile {
  readonly file: string;
  /** The end of a sentence whose subject is the file: `is empty`. */
  readonly reason: string;
  /** Whether the file's name or content suggests that it was meant to be a certificate or a private key. */
  readonly isLikelyCredential: boolean;
}

const sgp26Name = /^(CERT|SK)_/i;

/** `A.der is empty; SK_B.pem holds …` */
export const unusedFilesText = (unusedFiles: readonly UnusedFile[]): string =>
  unusedFiles.map(({ file, reason }) => `${file} ${reason}`).join('; ');

/** Whether a file belongs to the invalid SGP.26 sets, which servers and devices must refuse. */
export const isBrokenOnPurpose = (file: string): boolean => /_(INV|EXPIRED)_/i.test(file);

/**
 * The certificates, keys and CRLs in a PKI folder. The content of a file, not its name, decides what the file is. The name appears in
 * messages and sets the order.
 */
export class Material {
  readonly certificates: FoundCertificate[] = [];
  readonly keys: FoundKey[] = [];
  readonly crls: PkiFile[] = [];

  /** The unused files, and why they are not used. */
  readonly unusedFiles: UnusedFile[] = [];

  /** Adds a file. If it is not a certificate, key or CRL, it becomes one of the {@link unusedFiles}. */
  add({ name, content }: PkiFile): void {
    // SGP.26 includes sets of invalid certificates.
    if (isBrokenOnPurpose(name)) return;
    for (const found of contentsOf(content)) {
      if ('certificate' in found) this.addCertificate(name, found.certificate);
      else if ('key' in found) this.keys.push({ file: name, ...found });
      else if ('crl' in found) this.crls.push({ name, content: found.crl });
      else this.reportUnused(name, found.unused, found.isLikelyCredential);
    }
  }

  reportUnused(file: string, reason: string, isLikelyCredential = false): void {
    if (isBrokenOnPurpose(file)) return;
    const isLikely = isLikelyCredential || sgp26Name.test(basename(file));
    this.unusedFiles.push({ file, reason, isLikelyCredential: isLikely });
  }

  /** A copy. Changes to one of the two do not affect the other. */
  copy(): Material {
    const copy = new Material();
    copy.certificates.push(...this.certificates);
    copy.keys.push(...this.keys);
    copy.crls.push(...this.crls);
    copy.unusedFiles.push(...this.unusedFiles);
    return copy;
  }

  addCertificate(file: string, certificate: Certificate): void {
    this.certificates.push({ file, certificate });
  }

  addKey(file: string, key: KeyObject): void {
    this.keys.push({ file, key, publicKey: publicKeyOctets(key) });
  }

  /** Removes the certificate of a file that is about to be replaced. */
  drop(file: string): void {
    const index = this.certificates.findIndex((found) => found.file === file);
    if (index >= 0) this.certificates.splice(index, 1);
  }

  /** The certificates of a role. */
  withRole(role: Role): FoundCertificate[] {
    return this.certificates.filter(({ certificate }) => hasRole(certificate, role));
  }

  /** The certificate with its private key. `undefined` if the key is not in the folder. */
  credential({ file, certificate }: FoundCertificate): FoundCredential | undefined {
    const found = this.keys.find(({ publicKey }) => publicKey.equals(certificate.publicPoint));
    return found && { file, certificate, key: found.key, keyFile: found.file };
  }

  credentials(role: Role): FoundCredential[] {
    return this.withRole(role).flatMap((found) => this.credential(found) ?? []);
  }

  /** Keys without a certificate in the folder. */
  unusedKeys(): FoundKey[] {
    return this.keys.filter(
      ({ publicKey }) =>
        !this.certificates.some(({ certificate }) => certificate.publicPoint.equals(publicKey)),
    );
  }
}

/** Caches the results of {@link isIssuedBy}, because each certificate is compared with each issuer several times. */
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
