/**
 * The longest that anything is put off, in milliseconds: longer than each back-off and each lease. What is further off was
 * reckoned by a clock that has been set back since.
 */
export const longestDelay = 120_000;

/** SQL for: the time in `column` has come. {@link dueAt} gives its parameters. */
export const isDue = (column: string): string => `(${column} <= ? OR ${column} > ?)`;

export const dueAt = (now: number): readonly [number, number] => [now, now + longestDelay];
