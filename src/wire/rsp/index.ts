/** The RSPDefinitions of SGP.22 (annex H), with the names of the specification. */
export * from './authentication.js';
export * from './bound-profile-package.js';
export * from './common.js';
export * from './download.js';
export * from './es10.js';
export * from './euicc-info.js';
export * from './identifiers.js';
export * from './mdm-code.js';
export * from './metadata.js';
export * from './notifications.js';
export * from './status-codes.js';
export * from './uicc-capability.js';
export * from './activation-code.js';
export { withName } from './code-name.js';
export { freeMemory } from './free-memory.js';
