import { longestDelay } from '../limits.js';

/** SQL condition: the time in `column` has come. {@link dueAt} gives its parameters. */
export const isDue = (column: string): string => `(${column} <= ? OR ${column} > ?)`;

export const dueAt = (now: number): readonly [number, number] => [now, now + longestDelay];
