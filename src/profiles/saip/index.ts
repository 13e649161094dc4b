/** The ASN.1 types of the profile elements in the eUICC Profile Package Interoperable Format (TCA, formerly SIMalliance). */
export { algorithmID, PEAkaParameter } from './aka-parameter.js';
export { keyReference, PEPinCodes, PEPukCodes } from './codes.js';
export { elementName, elementTag, PEEnd, PEHeader } from './elements.js';
export { Fcp, File, startOfFile } from './file.js';
export type { Infer } from '../../wire/asn1/index.js';
export { PEDf5gs, PEMf, PEOptUsim, PEUsim, template } from './file-systems.js';
export { ProfileHeader } from './profile-header.js';
export { PESecurityDomain } from './security-domain.js';
