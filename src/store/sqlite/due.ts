/**
 * Upper limit of every delay, in milliseconds. It exceeds each back-off and each lease. A later time can only come from a clock that
 * was set back since.
 */
export const longestDelay = 120_000;

/** SQL condition: the time in `column` has come. {@link dueAt} gives its parameters. */
export const isDue = (column: string): string => `(${column} <= ? OR ${column} > ?)`;

export const dueAt = (now: number): readonly [number, number] => [now, now + longestDelay];
