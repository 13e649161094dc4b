import type { Random } from './random.js';

/**
 * A new MatchingID: four groups of five upper-case hex digits, `0A1B2-3C4D5-6E7F8-90ABC`. SGP.22 4.1 allows more forms, but Windows MDM
 * accepts only this form.
 */
export function newMatchingId(random: Random): string {
  const digits = random.bytes(10).toString('hex').toUpperCase();
  return [0, 5, 10, 15].map((at) => digits.slice(at, at + 5)).join('-');
}
