/** Reads and writes lists of activation codes in the format of Intune and similar MDM systems. */
export * from './code-list.js';
export { codeRowProblems } from './code-row.js';
export * from './errors.js';
export * from './pool-name.js';
export { readCodeList } from './read-list.js';
export * from './write-list.js';
