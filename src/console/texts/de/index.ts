import type { Texts } from '../en/index.js';
import { common } from './common.js';
import { shell } from './shell.js';
import { parts } from './parts.js';

/** The texts in German, by room. */
export const de: Texts = { common, shell, parts };
