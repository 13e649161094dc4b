import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { contentsOf } from '../../pki/contents.js';
import { readFolder } from '../../pki/read-folder.js';
import { MisuseError } from '../errors.js';

/**
 * File names of the CIs in a PKI folder, and of the TLS root that mock-smdp makes if the folder has no key of a CI.
 */
const roots = /^CERT_(CI|MOCK_TLS_CA)_.*\.(der|pem|cer|crt)$/i;

/** Reads from a PKI folder the CA certificates (DER or PEM) that the LPA trusts for TLS. Skips damaged files. */
export const trustedRoots = (certs: string): Buffer[] =>
  readFolder(certs)
    .filter(({ name }) => roots.test(basename(name)))
    .map(({ content }) => content)
    .filter((content) => contentsOf(content).some((each) => 'certificate' in each));

/** Help text of `--ca`. */
export const caMeaning =
  "certificate of the CA that issued the server's TLS certificate, usually the CI, in PEM or DER; may be repeated (default: the CAs in the PKI folder)";

/** Reads the CA certificates in the files of `--ca`. @throws MisuseError if a file cannot be read or holds no certificate */
export const readRoots = (files: readonly string[]): Buffer[] =>
  files.map((file) => {
    const content = contentOf(file);
    if (mayBeCertificate(content)) return content;
    throw new MisuseError(`--ca ${file} holds no certificate in PEM or DER. Name the certificate of the CA.`);
  });

/** Certificates of any kind may be named, also those that the PKI folder cannot hold, such as RSA. */
const mayBeCertificate = (content: Buffer): boolean =>
  content[0] === 0x30 || content.includes('-----BEGIN CERTIFICATE-----');

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new MisuseError(`--ca ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
