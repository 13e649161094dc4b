import { largestPackage } from '../../api/index.js';
import { packageOctets } from '../../profiles/index.js';
import { MisuseError } from '../errors.js';
import { beginningOf } from '../files.js';
import { number } from '../output.js';

/**
 * Reads a package in DER, hex or base64 from a file or from standard input.
 *
 * @throws MisuseError if it is longer than the server accepts; the rest is then not read, because standard input may never end
 */
export function readPackage(file: string): Buffer {
  const content = beginningOf(file, largestPackage + 1);
  if (content.length <= largestPackage) return packageOctets(content);
  throw new MisuseError(
    `${nameOf(file)} has more than ${number(largestPackage)} octets. No server accepts such a long package: name the file with the package.`,
  );
}

/** The error for octets that are no package. */
export const notPackage = (file: string, problem: string): MisuseError =>
  new MisuseError(
    `${nameOf(file)}: ${problem}\nGive an unprotected profile package in DER, hex or base64. In DER, it begins with A0.`,
  );

/** The name of an input in messages. */
export const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

/** Help text of an argument that names a package. */
export const packageArgument = 'the package in DER, hex or base64; - for standard input';
