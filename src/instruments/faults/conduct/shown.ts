/** Quotes a text from a client, shortened to fit into one line. */
export const shown = (given: string): string => `'${given.length > 64 ? `${given.slice(0, 63)}…` : given}'`;
