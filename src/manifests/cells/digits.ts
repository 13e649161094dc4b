import { withoutTrailing } from '../../base/without-trailing.js';

/** Blanks of every width, dashes of every kind, and marks that nobody sees. */
const separators = /[\s\u00a0\u00ad\u2000-\u200f\u2010-\u2015\u202a-\u202f\u205f-\u2069\u2212\u3000\ufeff-]/g;

/** The apostrophe with which a spreadsheet is told that digits are text, and `="8904…"` for the same purpose. */
const asText = /^(?:='?"?|["'\u2018\u2019`\u00b4]+)/;
const quotes = '"\'\u2018\u2019';

/**
 * A number as people write it, reduced to its digits: without apostrophe, blanks and dashes. Whatever else it holds stays,
 * to be complained of.
 */
export function plainDigits(text: string): string {
  return withoutTrailing(text.replace(separators, '').replace(asText, ''), quotes);
}

/** `8.9049E+31`, also with a decimal comma: what spreadsheets make of long numbers. */
const scientific = /^\d+(?:[.,]\d+)?e\+?\d+$/i;

export const isScientific = (text: string): boolean => scientific.test(plainDigits(text));

/** What to do about a number that a spreadsheet has rounded. */
export const roundedRemedy =
  'its digits are lost: format the column as text, paste the numbers again, and export anew';

/** Whether a number is what is left of a longer one after rounding to 15 digits. */
export const isRounded = (digits: string): boolean => digits.length > 15 && /^\d{15}0+$/.test(digits);
