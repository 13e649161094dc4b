import { createPublicKey } from 'node:crypto';
import { basename } from 'node:path';
import { parseCertificate } from '../../pki/index.js';
import { isPrivateKey, pemBlocks, privateKeyFromPem } from '../../pki/pem.js';
import { readFolder, type PkiFile } from '../../pki/read-folder.js';
import { reportOn, type CertificateReport, type FoundCertificate, type KeyFile } from './certificate-report.js';

/** What a PKI folder contains. */
export interface FolderReport {
  readonly certificates: readonly CertificateReport[];
  /** Files that ought to be a certificate and are none. */
  readonly unreadable: readonly { readonly file: string; readonly problem: string }[];
}

/**
 * Reads every certificate of a PKI folder, broken ones too.
 *
 * @throws PkiError when the folder cannot be read
 */
export function inspectFolder(folder: string, now: Date): FolderReport {
  const files = readFolder(folder);
  const found: FoundCertificate[] = [];
  const unreadable: { file: string; problem: string }[] = [];
  for (const file of files) {
    try {
      found.push(
        ...certificatesIn(file).map((der) => ({ file: file.name, certificate: parseCertificate(der) })),
      );
    } catch (error) {
      unreadable.push({ file: file.name, problem: (error as Error).message });
    }
  }
  const keys = files.flatMap(keysIn);
  return { certificates: found.map((each) => reportOn(each, found, keys, now)), unreadable };
}

function certificatesIn({ name, content }: PkiFile): Buffer[] {
  if (/\.(crl|key)$/i.test(name) || /^[SP]K_/.test(basename(name))) return [];
  if (!/^\s*-----BEGIN/.test(content.toString('latin1', 0, 64))) return [content];
  return pemBlocks(content.toString('latin1'))
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ octets }) => octets);
}

/** Private keys, by the public key that belongs to each; those that cannot be read belong to none. */
function keysIn({ name, content }: PkiFile): KeyFile[] {
  return pemBlocks(content.toString('latin1'))
    .filter(isPrivateKey)
    .flatMap((block) => {
      try {
        const publicKey = createPublicKey(privateKeyFromPem(block));
        return [{ file: name, publicKey: publicKey.export({ type: 'spki', format: 'der' }) }];
      } catch {
        return [];
      }
    });
}
