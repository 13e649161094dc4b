import { iccidWithCheckDigit } from '../../../src/wire/rsp/index.js';

/** The row of the `number`th code. */
export function rowOf(number: number): string {
  const iccid = iccidWithCheckDigit(`8949449999${String(number).padStart(8, '0')}`);
  const digits = number.toString(16).toUpperCase().padStart(5, '0');
  return `${iccid},0A1B2-3C4D5-6E7F8-${digits}`;
}

/** The first rows. */
export const codes = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => rowOf(index + 1));

/** A list of the first codes. */
export const listOf = (count: number, smdpAddress = 'smdp.example.com'): string =>
  [smdpAddress, ...codes(count), ''].join('\n');
