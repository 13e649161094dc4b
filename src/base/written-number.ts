import { withoutTrailing } from './without-trailing.js';

/** Why a text is not the intended number, and what to do. */
export interface NumberProblem {
  readonly message: string;
  readonly remedy: string;
}

/** Blanks of all widths, dashes of all kinds, and invisible characters. */
const separators = /[\s\u00a0\u00ad\u2000-\u200f\u2010-\u2015\u202a-\u202f\u205f-\u2069\u2212\u3000\ufeff-]/g;

/** An apostrophe or `="8904…"`, which make a spreadsheet treat digits as text. */
const asText = /^(?:='?"?|["'\u2018\u2019`\u00b4]+)/;
const quotes = '"\'\u2018\u2019';

/** The name before a number: the QR code on a device reads `EID:8904…`. */
const itsName = /^(?:EID|ICCID|IMEI)(?:no|number)?[:=.#]*(?=[^:=.#a-z])/i;

/**
 * Reduces a number as people write it to its digits. It removes name, apostrophe, blanks and dashes. All other characters stay, so that
 * they are reported.
 */
export function plainDigits(text: string): string {
  const bare = text.replace(separators, '').replace(asText, '').replace(itsName, '');
  return withoutTrailing(bare.replace(asText, ''), quotes);
}

/** `8.9049E+31`, also with a decimal comma: the form in which spreadsheets write long numbers. */
const scientific = /^\d+(?:[.,]\d+)?e\+?\d+$/i;

export const isScientific = (text: string): boolean => scientific.test(plainDigits(text));

/** What to do about a number that a spreadsheet rounded. */
export const roundedRemedy =
  'its digits are lost: format the column as text, paste the numbers again, and export the file again';

/** Whether a number looks like a longer one that was rounded to 15 digits. */
export const isRounded = (digits: string): boolean => digits.length > 15 && /^\d{15}0+$/.test(digits);

/** How a spreadsheet damaged a number. `undefined` if it did not. */
export function spreadsheetProblem(text: string): NumberProblem | undefined {
  if (isScientific(text))
    return { message: 'is a number that a spreadsheet has shortened', remedy: roundedRemedy };
  if (isRounded(plainDigits(text)))
    return { message: 'is a number that a spreadsheet has rounded', remedy: roundedRemedy };
  return undefined;
}
