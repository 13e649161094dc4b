import { longestDelay } from '../limits.js';

/** SQL condition: the time in `column` has come. {@link dueAt} gives the values of its two placeholders, of which `first` is one. */
export const isDue = (column: string, first: number): string =>
  `(${column} <= $${first} OR ${column} > $${first + 1})`;

export const dueAt = (now: number): readonly [number, number] => [now, now + longestDelay];
