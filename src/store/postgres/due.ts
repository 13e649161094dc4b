import { longestDelay } from '../limits.js';

/** SQL condition: the time in `column` has come. It has two placeholders, `first` and the next. {@link dueAt} gives their values. */
export const isDue = (column: string, first: number): string =>
  `(${column} <= $${first} OR ${column} > $${first + 1})`;

export const dueAt = (now: number): readonly [number, number] => [now, now + longestDelay];
