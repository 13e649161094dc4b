/** What devices of each system (Windows, Android, iPhone, lpac) report when they get no profile. */
export * from './android.js';
export * from './failure.js';
export * from './iphone.js';
export { androidText, iphoneText, lpacText, windowsText, wordLines } from './lines.js';
export type { LpacWords } from './lpac.js';
export { keysOf, rows as wordRows, type Row as WordRow } from './table.js';
export * from './windows.js';
export * from './words.js';
