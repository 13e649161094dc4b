import { readFileSync } from 'node:fs';
import { packageOctets } from '../../profiles/index.js';

/** Longest input in octets. A package of this size would exceed the memory of any eUICC. */
const maxSize = 16 * 1024 * 1024;

/**
 * Reads a package in DER, hex or base64 from a file or from standard input. Uses at most `maxSize` octets, so a longer
 * package is invalid.
 */
export const readPackage = (file: string): Buffer =>
  packageOctets(readFileSync(file === '-' ? 0 : file).subarray(0, maxSize));

/** Help text of an argument that names a package. */
export const packageArgument = 'the package in DER, hex or base64; - for standard input';
