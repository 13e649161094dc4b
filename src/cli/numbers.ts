import { InvalidArgumentError } from 'commander';
import { plainDigits, spreadsheetProblem } from '../base/written-number.js';
import { canonicalIccid, isHexIccid } from '../wire/rsp/index.js';

/** Reads a whole number from an option. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at most 9 digits.');
}

/** Reads an EID from an option. @throws InvalidArgumentError */
export const eidDigits = (text: string): string => toEid(unrounded(text));

const toEid = digits(/^\d{32}$/, '32 digits');

/** Reads an ICCID from an option: 18 to 20 digits, or hex digits as some issuers use. @throws InvalidArgumentError */
export function iccidDigits(text: string): string {
  const iccid = unrounded(text);
  if (isHexIccid(canonicalIccid(iccid))) return iccid;
  throw new InvalidArgumentError('It must be an ICCID: 18 to 20 digits, such as 8900101000000000019.');
}

/** @throws InvalidArgumentError if a spreadsheet has damaged a long number */
function unrounded(text: string): string {
  const problem = spreadsheetProblem(text);
  if (problem) throw new InvalidArgumentError(`It ${problem.message}; ${problem.remedy}.`);
  return plainDigits(text);
}

/** Reads an IMEI from an option. @throws InvalidArgumentError */
export const imeiDigits = digits(/^\d{15,16}$/, '15 or 16 digits');

function digits(form: RegExp, inWords: string): (text: string) => string {
  return (text) => {
    if (form.test(text)) return text;
    throw new InvalidArgumentError(`It must be ${inWords}.`);
  };
}

/** Reads a number, with or without a fraction, from an option. @throws InvalidArgumentError */
export function anyNumber(text: string): number {
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError(
    'It must be a number such as 5 or 0.25, with at most 9 digits before and after the point.',
  );
}
