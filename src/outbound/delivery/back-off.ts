const first = 1_000;
const longest = 60_000;

/**
 * How long to wait after a failed attempt, in milliseconds: one second after the first, twice as long after each further attempt, and at
 * most one minute.
 *
 * @param attempt the number of the failed attempt, counted from 1
 */
export const backOff = (attempt: number): number => Math.min(first * 2 ** (attempt - 1), longest);
