import { common } from './common.js';
import { shell } from './shell.js';
import { parts } from './parts.js';

/** The texts in English, by room. */
export const en = { common, shell, parts };

/** All texts of the console. A language has each of them. */
export type Texts = typeof en;
