import { luhnDigit } from '../../wire/rsp/index.js';
import { isScientific, plainDigits, roundedRemedy } from '../../base/written-number.js';
import type { CellProblem } from './problem.js';

/** Reads an IMEI: 15 digits with a Luhn check digit, 14 without it, or 16 with the software version (TS 23.003). */
export function readImei(text: string): string | CellProblem {
  const imei = plainDigits(text).replaceAll('/', '');
  if (isScientific(imei))
    return { message: 'is a number that a spreadsheet has shortened', remedy: roundedRemedy };
  if (!/^\d{14,16}$/.test(imei))
    return { message: 'is no IMEI', remedy: 'give its 14 to 16 digits, or nothing' };
  if (imei.length === 15 && luhnDigit(imei.slice(0, 14)) !== Number(imei[14]))
    return {
      message: 'its last digit is not the check digit of the others (Luhn)',
      remedy: 'correct it, or leave it out',
    };
  return imei;
}
