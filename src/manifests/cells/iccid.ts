import { canonicalIccid, iccidCheckDigitHolds, isIccid } from '../../rsp/index.js';
import { isRounded, isScientific, plainDigits, roundedRemedy } from './digits.js';
import type { CellProblem } from './problem.js';

const remedy = 'correct it, or leave the cell empty for the next free ICCID';

/** Reads an ICCID: 18 to 20 digits, the last one a Luhn check digit; trailing F are padding (ITU-T E.118). */
export function readIccid(text: string): string | CellProblem {
  const iccid = canonicalIccid(isIccid(text) ? text : plainDigits(text));
  if (iccidCheckDigitHolds(iccid) && !isRounded(iccid)) return iccid;
  if (isScientific(iccid))
    return { message: 'is a number that a spreadsheet has shortened', remedy: roundedRemedy };
  if (!/^\d+$/.test(iccid)) return { message: 'is no ICCID', remedy: 'give its 18 to 20 digits, or nothing' };
  if (!isIccid(iccid)) return { message: `has ${iccid.length} digits, but an ICCID has 18 to 20`, remedy };
  if (isRounded(iccid))
    return { message: 'is a number that a spreadsheet has rounded', remedy: roundedRemedy };
  return { message: 'its last digit is not the check digit of the others (Luhn)', remedy };
}
