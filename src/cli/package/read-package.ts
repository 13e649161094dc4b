import { readFileSync } from 'node:fs';
import { packageOctets } from '../../profiles/index.js';

/** Far more than any package: eUICCs have less memory. */
const maxSize = 16 * 1024 * 1024;

/** The package in a file or on standard input: DER, hex or base64. Longer input is cut, which makes it an invalid package. */
export const readPackage = (file: string): Buffer =>
  packageOctets(readFileSync(file === '-' ? 0 : file).subarray(0, maxSize));

/** What an argument that names a package says in the help. */
export const packageArgument = 'the package in DER, hex or base64; - for standard input';
