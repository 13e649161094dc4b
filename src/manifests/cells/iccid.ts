import { canonicalIccid, isHexIccid, isIccid, iccidProblem, type LuhnCheck } from '../../wire/rsp/index.js';
import { plainDigits, spreadsheetProblem } from '../../base/written-number.js';
import type { CellProblem } from './cell-problem.js';

const remedy = 'correct it, or leave the cell empty for the next free ICCID';

/** How to accept ICCIDs with a wrong check digit. Some issuers have used such ICCIDs. */
export const luhnRemedy =
  'if the ICCIDs are correct as they are, import them with --luhn warn (luhn=warn in the API)';

/**
 * Parses an ICCID: 18 to 20 digits, the last one a Luhn check digit. Trailing F are padding (ITU-T E.118).
 *
 * @param luhn any value except `strict` accepts 18 to 20 hex digits with any check digit
 */
export function readIccid(text: string, luhn: LuhnCheck = 'strict'): string | CellProblem {
  const iccid = canonicalIccid(isIccid(text) ? text : plainDigits(text));
  const problem = spreadsheetProblem(iccid);
  if (problem) return problem;
  if (!isHexIccid(iccid)) return formProblem(iccid);
  const oddity = luhn === 'strict' ? iccidProblem(iccid) : undefined;
  return oddity ? { message: oddity.message, remedy: `${remedy}; ${oddity.hint}; ${luhnRemedy}` } : iccid;
}

const formProblem = (iccid: string): CellProblem =>
  /^[0-9A-F]+$/.test(iccid) && /^\d/.test(iccid)
    ? { message: `has ${iccid.length} digits, but an ICCID has 18 to 20`, remedy }
    : { message: 'is not an ICCID', remedy: 'give its 18 to 20 digits, or leave the cell empty' };
