/** XML property lists, the format of Apple's MDM commands and answers. */
export { PlistError } from './errors.js';
export { plistLimits, readPlist } from './read-plist.js';
export { dictOf, isDict, type PlistDict, type PlistValue } from './value.js';
export { writePlist } from './write-plist.js';
