import { eidCheckDigitsHold, isEid } from '../../wire/rsp/index.js';
import { isScientific, plainDigits, spreadsheetProblem } from '../../base/written-number.js';
import type { CellProblem } from './cell-problem.js';

const remedy = 'compare it with the source or with the label of the device';

/** Parses an EID: 32 digits with valid check digits (SGP.29, ISO/IEC 7064 MOD 97-10). */
export function readEid(text: string): string | CellProblem {
  const eid = isEid(text) ? text : plainDigits(text);
  if (eidCheckDigitsHold(eid)) return eid;
  const rounded = spreadsheetProblem(eid);
  if (rounded && (eid.length === 32 || isScientific(eid))) return rounded;
  if (!/^\d+$/.test(eid)) return notDigits(eid);
  if (eid.length !== 32) return { message: `has ${eid.length} digits, but an EID has 32`, remedy };
  return { message: 'its check digits are wrong, so at least one digit is wrong', remedy };
}

function notDigits(eid: string): CellProblem {
  const isRow = /^\d{20,}["']?[,;|\t]/.test(eid);
  return isRow
    ? {
        message: 'holds several columns',
        remedy: 'separate the columns of every row in the same way as in the first row',
      }
    : { message: 'is not an EID', remedy: 'give its 32 digits' };
}

/** Whether a cell looks like an EID. A row with such a cell is not a header. */
export const looksLikeEid = (text: string): boolean =>
  /^\d{28,36}$/.test(plainDigits(text)) || isScientific(text);
