/** XML property lists, in which Apple's MDM commands and answers are written. */
export { PlistError } from './errors.js';
export { plistLimits, readPlist } from './read-plist.js';
export { dictOf, isDict, type PlistDict, type PlistValue } from './value.js';
export { writePlist } from './write-plist.js';
