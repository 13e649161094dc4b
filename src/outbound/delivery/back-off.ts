const first = 1_000;
const longest = 60_000;

/** Milliseconds to wait after the failed `attempt` (1, 2, 3 …): one second, then twice as long each time, up to a minute. */
export const backOff = (attempt: number): number => Math.min(first * 2 ** (attempt - 1), longest);
