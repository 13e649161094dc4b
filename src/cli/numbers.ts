import { InvalidArgumentError } from 'commander';
import { plainDigits } from '../base/written-number.js';

/** A number as an option has it. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It has to be a number.');
}

/** An EID as an option has it. @throws InvalidArgumentError */
export const eidDigits = (text: string): string => toEid(plainDigits(text));

const toEid = digits(/^\d{32}$/, '32 digits');

/** An IMEI as an option has it. @throws InvalidArgumentError */
export const imeiDigits = digits(/^\d{15,16}$/, '15 or 16 digits');

function digits(form: RegExp, inWords: string): (text: string) => string {
  return (text) => {
    if (form.test(text)) return text;
    throw new InvalidArgumentError(`It has to be ${inWords}.`);
  };
}
