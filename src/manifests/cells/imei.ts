import { luhnDigit } from '../../wire/rsp/index.js';
import { isScientific, plainDigits, roundedRemedy } from '../../base/written-number.js';
import type { CellProblem } from './cell-problem.js';

/** Parses an IMEI (TS 23.003): 14 digits, 15 with a Luhn check digit, or 16 with the software version. */
export function readImei(text: string): string | CellProblem {
  const imei = plainDigits(text).replaceAll('/', '');
  if (isScientific(imei))
    return { message: 'is a number that a spreadsheet has rounded', remedy: roundedRemedy };
  if (!/^\d{14,16}$/.test(imei))
    return { message: 'is not an IMEI', remedy: 'give its 14 to 16 digits, or leave the cell empty' };
  if (imei.length === 15 && luhnDigit(imei.slice(0, 14)) !== Number(imei[14]))
    return {
      message: 'its last digit does not match the Luhn check digit of the other digits',
      remedy: 'correct it, or leave it out',
    };
  return imei;
}
