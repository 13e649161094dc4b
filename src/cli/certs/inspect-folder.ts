import { createPublicKey } from 'node:crypto';
import { contentsOf } from '../../pki/contents.js';
import { gapsIn } from '../../pki/missing-certificates.js';
import { readMaterial } from '../../pki/load.js';
import { isBrokenOnPurpose, type Material } from '../../pki/material.js';
import { readFolder } from '../../pki/read-folder.js';
import { reportOn, type CertificateReport, type FoundCertificate, type KeyFile } from './certificate-report.js';

/** The contents of a PKI folder. */
export interface FolderReport {
  readonly certificates: readonly CertificateReport[];
  /** Unusable files, and why they are unusable. */
  readonly unreadable: readonly { readonly file: string; readonly problem: string }[];
  /** One sentence for each missing file. */
  readonly gaps: readonly string[];
}

/**
 * Reads all certificates of a PKI folder, including the deliberately invalid certificates of SGP.26.
 *
 * @param withSmds whether the SM-DS needs certificates too
 * @throws PkiError if the folder cannot be read
 */
export function inspectFolder(folder: string, now: Date, withSmds = false): FolderReport {
  const material = readMaterial(folder);
  const found = [...material.certificates, ...brokenOnPurpose(folder)];
  const keys = material.keys.map(keyFile);
  return {
    certificates: found.map((each) => reportOn(each, found, keys, now)),
    unreadable: material.unusedFiles.map(({ file, reason }) => ({ file, problem: reason })),
    gaps: gapsIn(material, { withSmds }),
  };
}

const brokenOnPurpose = (folder: string): FoundCertificate[] =>
  readFolder(folder)
    .filter(({ name }) => isBrokenOnPurpose(name))
    .flatMap(({ name, content }) =>
      contentsOf(content).flatMap((each) =>
        'certificate' in each ? [{ file: name, certificate: each.certificate }] : [],
      ),
    );

const keyFile = ({ file, key }: Material['keys'][number]): KeyFile => ({
  file,
  publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }),
});
