import { withoutTrailing } from './without-trailing.js';

/** Why a text is not the number that its writer meant, and what to do. */
export interface NumberProblem {
  readonly message: string;
  readonly remedy: string;
}

/** Blanks of every width, dashes of every kind, and marks that nobody sees. */
const separators = /[\s\u00a0\u00ad\u2000-\u200f\u2010-\u2015\u202a-\u202f\u205f-\u2069\u2212\u3000\ufeff-]/g;

/** The apostrophe with which a spreadsheet is told that digits are text, and `="8904…"` for the same purpose. */
const asText = /^(?:='?"?|["'\u2018\u2019`\u00b4]+)/;
const quotes = '"\'\u2018\u2019';

/** What the number is, in front of it: the QR code on a device reads `EID:8904…`. */
const itsName = /^(?:EID|ICCID|IMEI)(?:no|number)?[:=.#]*(?=[^:=.#a-z])/i;

/**
 * A number as people write it, reduced to its digits: without its name, apostrophe, blanks and dashes. Whatever else it holds
 * stays, to be complained of.
 */
export function plainDigits(text: string): string {
  const bare = text.replace(separators, '').replace(asText, '').replace(itsName, '');
  return withoutTrailing(bare.replace(asText, ''), quotes);
}

/** `8.9049E+31`, also with a decimal comma: what spreadsheets make of long numbers. */
const scientific = /^\d+(?:[.,]\d+)?e\+?\d+$/i;

export const isScientific = (text: string): boolean => scientific.test(plainDigits(text));

/** What to do about a number that a spreadsheet has rounded. */
export const roundedRemedy =
  'its digits are lost: format the column as text, paste the numbers again, and export anew';

/** Whether a number is what is left of a longer one after rounding to 15 digits. */
export const isRounded = (digits: string): boolean => digits.length > 15 && /^\d{15}0+$/.test(digits);

/** Why a number is not the one that was meant; `undefined` where no spreadsheet has touched it. */
export function spreadsheetProblem(text: string): NumberProblem | undefined {
  if (isScientific(text))
    return { message: 'is a number that a spreadsheet has shortened', remedy: roundedRemedy };
  if (isRounded(plainDigits(text)))
    return { message: 'is a number that a spreadsheet has rounded', remedy: roundedRemedy };
  return undefined;
}
