import { longestDelay } from '../limits.js';

/**
 * SQL condition: the time in `column` has come, or is so far ahead that the clock must have been set back since. {@link dueAt} gives
 * the values of the two placeholders.
 */
export const isDue = (column: string): string => `(${column} <= ? OR ${column} > ?)`;

export const dueAt = (now: number): readonly [number, number] => [now, now + longestDelay];
