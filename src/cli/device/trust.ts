import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { contentsOf } from '../../pki/contents.js';
import { readFolder } from '../../pki/read-folder.js';
import { MisuseError } from '../errors.js';

/** The CIs of a PKI folder, and the root that stands in for them in TLS where no CI key is at hand. */
const roots = /^CERT_(CI|MOCK_TLS_CA)_.*\.(der|pem|cer|crt)$/i;

/** The CA certificates of a PKI folder that the LPA believes in TLS, DER or PEM; damaged files are passed over. */
export const trustedRoots = (certs: string): Buffer[] =>
  readFolder(certs)
    .filter(({ name }) => roots.test(basename(name)))
    .map(({ content }) => content)
    .filter((content) => contentsOf(content).some((each) => 'certificate' in each));

/** CA certificates of files that were named. @throws CliError */
export const readRoots = (files: readonly string[]): Buffer[] =>
  files.map((file) => {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new MisuseError(`--ca ${file} cannot be read: ${(error as Error).message}`, { cause: error });
    }
  });
