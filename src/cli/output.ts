import { printable } from '../base/printable.js';
import { wrap } from '../base/wrap.js';

export { printable };

/** Prints a line of the command's result to standard output, so that users can pipe the result. */
export const print = (line = ''): void => console.log(line);

/** Prints a line about progress or problems to standard error. */
export const printStatus = (line = ''): void => console.error(line);

/**
 * Prints sentences to standard error, wrapped for the terminal. Not for text with commands, because users copy a
 * command as one line.
 */
export const printStatusWrapped = (text: string, indent = ''): void =>
  printStatus(wrap(text, terminalWidth(process.stderr), indent));

/** Prints a value as JSON, for scripts. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** A number as people write it: `1,234,567`. */
export const number = (value: number): string => value.toLocaleString('en');

/** Characters per line of a terminal. Infinite for pipes and files, so that nothing is wrapped or shortened. */
export const terminalWidth = ({ isTTY, columns }: { isTTY?: boolean; columns?: number }): number =>
  isTTY && columns ? columns : Infinity;

export type Cell = string | number | null | undefined;

const written = (cell: Cell): string =>
  cell === undefined || cell === null || cell === '' ? '-' : printable(String(cell));

const gap = '  ';

/**
 * Formats a table. On a terminal that is too narrow, first drops the columns without values, then shortens the widest
 * values in the middle, then drops columns from the right. Always keeps the first column whole, because it identifies
 * the row.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  width = terminalWidth(process.stdout),
): string[] {
  const all = [headings.map((heading) => heading.toUpperCase()), ...rows.map((row) => row.map(written))];
  const widest = (lines: readonly (readonly string[])[]): number[] =>
    lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const isTight = total(widest(all)) > width;
  const hasValue = headings.map((_, column) => all.slice(1).some((line) => line[column] !== '-'));
  const withValues = isTight ? all.map((line) => line.filter((_, column) => hasValue[column])) : all;
  const widths = fitting(shrunk(widest(withValues), width), width);
  const lines = withValues.map((line) => line.slice(0, widths.length));
  const isCut = total(widest(withValues)) > total(widths);
  const text = lines.map((line) =>
    line
      .map((cell, column) => shortened(cell, widths[column]!).padEnd(widths[column]!))
      .join(gap)
      .trimEnd(),
  );
  const remark = wrap('(Shortened for this terminal; a pipe or --json shows everything.)', width).split('\n');
  return isCut ? [...text, ...remark] : text;
}

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width + gap.length, -gap.length);

/** Minimum width of a shortened value: `89…78`. */
const least = 5;

function shrunk(widths: readonly number[], most: number): readonly number[] {
  const result = [...widths];
  while (total(result) > most) {
    const widest = Math.max(...result.slice(1));
    if (widest <= least) break;
    result[result.lastIndexOf(widest)] = widest - 1;
  }
  return result;
}

/** The widths of the columns that fit, from the left. Always keeps the first column. */
function fitting(widths: readonly number[], most: number): readonly number[] {
  let columns = widths.length;
  while (columns > 1 && total(widths.slice(0, columns)) > most) columns--;
  return widths.slice(0, columns);
}

function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** Formats names and values, one per line. Leaves out undefined values. */
export function facts(
  pairs: readonly (readonly [name: string, value: Cell])[],
  lineWidth = terminalWidth(process.stdout),
): string[] {
  const given = pairs.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...given.map(([name]) => name.length));
  const indent = ' '.repeat(width + 4);
  return given.flatMap(([name, value]) =>
    wrap(`  ${name.padEnd(width)}  ${written(value)}`, lineWidth, indent).split('\n'),
  );
}
