const first = 1_000;
const longest = 60_000;

/** How long to wait after the `attempt`th attempt (1, 2, 3 …) has failed, in milliseconds: twice as long each time. */
export const backOff = (attempt: number): number => Math.min(first * 2 ** (attempt - 1), longest);
