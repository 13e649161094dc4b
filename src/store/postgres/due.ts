import { longestDelay } from '../limits.js';

/**
 * SQL condition: the time in `column` has come. The condition has two placeholders, with the numbers `first` and `first + 1`. {@link dueAt}
 * gives their values.
 */
export const isDue = (column: string, first: number): string =>
  `(${column} <= $${first} OR ${column} > $${first + 1})`;

export const dueAt = (now: number): readonly [number, number] => [now, now + longestDelay];
