import { characterCount } from '../../base/characters.js';
import { isPrintable } from './shown.js';
import type { CellProblem, ReadCell } from './cell-problem.js';

/** Maximum length of a text in characters, as in the control API. */
const longest = 1024;

/** Accepts a single-line text. */
export function readText(text: string): string | CellProblem {
  if (characterCount(text) > longest)
    return { message: `is longer than ${longest} characters`, remedy: 'shorten it' };
  if (!isPrintable(text))
    return { message: 'contains a line break or another control character', remedy: 'remove it' };
  return text;
}

/** Parses a MatchingID (SGP.22 4.1.1). */
export const readMatchingId: ReadCell = (text) =>
  /^[0-9A-Z-]{1,255}$/.test(text)
    ? text
    : {
        message: 'is not a MatchingID',
        remedy:
          'use only A-Z, 0-9 and hyphens, or leave the cell empty: the server then finds the order by EID',
      };
