/** Lists of activation codes in the form of Intune and its like: strict reading, exact writing. */
export * from './code-list.js';
export * from './errors.js';
export * from './pool-name.js';
export { readCodeList } from './read-list.js';
export * from './write-list.js';
