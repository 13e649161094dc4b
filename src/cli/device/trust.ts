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

/** Reads the CA certificates in the files of `--ca`. @throws MisuseError when a file cannot be read */
export const readRoots = (files: readonly string[]): Buffer[] =>
  files.map((file) => {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new MisuseError(`--ca ${file} cannot be read: ${(error as Error).message}`, { cause: error });
    }
  });
