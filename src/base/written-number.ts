import { withoutTrailing } from './without-trailing.js';

/** What is wrong with a number in a user's input, and what to do about it. */
export interface NumberProblem {
  /** The end of a sentence whose subject is the number, for instance `is a number that a spreadsheet has rounded`. */
  readonly message: string;
  readonly remedy: string;
}

/** Blanks of all widths, dashes of all kinds, and invisible characters. */
const separators = /[\s\u00a0\u00ad\u2000-\u200f\u2010-\u2015\u202a-\u202f\u205f-\u2069\u2212\u3000\ufeff-]/g;

/** Marks before digits that make a spreadsheet treat the digits as text: an apostrophe, or `="` as in `="8904…"`. */
const textMark = /^(?:='?"?|["'\u2018\u2019`\u00b4]+)/;
const quotes = '"\'\u2018\u2019';

/** The name that people or QR codes write before a number, for instance `EID:8904…`. */
const namePrefix = /^(?:EID|ICCID|IMEI)(?:no|number)?[:=.#]*(?=[^:=.#a-z])/i;

/**
 * Reduces a number, as people write it, to its digits: removes the name before the number, apostrophes, blanks and dashes. All other
 * characters stay, so that the caller can report them.
 */
export function plainDigits(text: string): string {
  const bare = text.replace(separators, '').replace(textMark, '').replace(namePrefix, '');
  return withoutTrailing(bare.replace(textMark, ''), quotes);
}

/** The form in which spreadsheets write long numbers: `8.9049E+31`, or the same with a decimal comma. */
const scientific = /^\d+(?:[.,]\d+)?e\+?\d+$/i;

export const isScientific = (text: string): boolean => scientific.test(plainDigits(text));

/** What to do about a number that a spreadsheet rounded. */
export const roundedRemedy =
  'its digits are lost: format the column as text, paste the numbers again, and export the file again';

/** Whether a number looks as if a spreadsheet had rounded it to 15 digits: all further digits are zeros. */
export const isRounded = (digits: string): boolean => digits.length > 15 && /^\d{15}0+$/.test(digits);

/** How a spreadsheet damaged a number. `undefined` if the number is undamaged. */
export function spreadsheetProblem(text: string): NumberProblem | undefined {
  if (isScientific(text))
    return { message: 'is a number that a spreadsheet has shortened', remedy: roundedRemedy };
  if (isRounded(plainDigits(text)))
    return { message: 'is a number that a spreadsheet has rounded', remedy: roundedRemedy };
  return undefined;
}
