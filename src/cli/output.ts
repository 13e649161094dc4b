/** One line of what was asked for: standard output, so that it can be piped. */
export const print = (line = ''): void => console.log(line);

/** One line about what is going on: standard error. */
export const say = (line = ''): void => console.error(line);

/** A value for scripts. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

export type Cell = string | number | null | undefined;

/** Controls and marks of direction, with which a text from elsewhere could play tricks on a terminal. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text on one line, fit for a terminal. */
export const printable = (text: string): string => text.replace(unprintable, '?');

const written = (cell: Cell): string =>
  cell === undefined || cell === null || cell === '' ? '-' : printable(String(cell));

/** Lines with columns as wide as they have to be. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const lines = [headings.map((heading) => heading.toUpperCase()), ...rows.map((row) => row.map(written))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** Lines of names and values; what is undefined is left out. */
export function facts(pairs: readonly (readonly [name: string, value: Cell])[]): string[] {
  const given = pairs.filter(([, value]) => value !== undefined);
  const width = Math.max(...given.map(([name]) => name.length));
  return given.map(([name, value]) => `  ${name.padEnd(width)}  ${written(value)}`);
}
