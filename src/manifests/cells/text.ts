import { characterCount } from '../../base/characters.js';
import { isPrintable } from './shown.js';
import type { CellProblem, ReadCell } from './problem.js';

/** Characters that a text may have, as everywhere in the control API. */
const longest = 1024;

/** Reads a text on one line. */
export function readText(text: string): string | CellProblem {
  if (characterCount(text) > longest)
    return { message: `is longer than ${longest} characters`, remedy: 'shorten it' };
  if (!isPrintable(text))
    return { message: 'holds a line end or another control character', remedy: 'remove it' };
  return text;
}

/** Reads a MatchingID (SGP.22 4.1.1). */
export const readMatchingId: ReadCell = (text) =>
  /^[0-9A-Z-]{1,255}$/.test(text)
    ? text
    : {
        message: 'is no MatchingID',
        remedy: 'use A-Z, 0-9 and - only, or leave the cell empty for look-up by EID',
      };
