/** What a client has sent, short enough for a line. */
export const shown = (given: string): string => `'${given.length > 64 ? `${given.slice(0, 63)}…` : given}'`;
