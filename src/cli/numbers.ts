import { InvalidArgumentError } from 'commander';
import { plainDigits, spreadsheetProblem } from '../base/written-number.js';
import { canonicalIccid, isHexIccid } from '../wire/rsp/index.js';

/** A number as an option has it. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It has to be a number.');
}

/** An EID as an option has it. @throws InvalidArgumentError */
export const eidDigits = (text: string): string => toEid(unrounded(text));

const toEid = digits(/^\d{32}$/, '32 digits');

/** An ICCID as an option has it: 18 to 20 digits, which some issuers have in hex. @throws InvalidArgumentError */
export function iccidDigits(text: string): string {
  const iccid = unrounded(text);
  if (isHexIccid(canonicalIccid(iccid))) return iccid;
  throw new InvalidArgumentError('It has to be 18 to 20 digits.');
}

/** @throws InvalidArgumentError for what a spreadsheet has made of a long number */
function unrounded(text: string): string {
  const problem = spreadsheetProblem(text);
  if (problem) throw new InvalidArgumentError(`It ${problem.message}; ${problem.remedy}.`);
  return plainDigits(text);
}

/** An IMEI as an option has it. @throws InvalidArgumentError */
export const imeiDigits = digits(/^\d{15,16}$/, '15 or 16 digits');

function digits(form: RegExp, inWords: string): (text: string) => string {
  return (text) => {
    if (form.test(text)) return text;
    throw new InvalidArgumentError(`It has to be ${inWords}.`);
  };
}

/** A number with or without a fraction. @throws InvalidArgumentError */
export function anyNumber(text: string): number {
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It has to be a number.');
}
