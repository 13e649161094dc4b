import { fieldNamed } from '../fields.js';
import { delimiters, type Delimiter } from '../detected-format.js';

/** The format of a CSV file, detected from its beginning. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Whether lines end with CR alone, as in old Mac software. */
  readonly endsWithCr: boolean;
  /** The part to skip at the beginning: empty lines, and the `sep=` line that tells Excel the delimiter. */
  readonly skip: { readonly characters: number; readonly lines: number };
}

/** Whether `start` includes the whole first line with content, which {@link dialectOf} needs. */
export function isEnough(start: string): boolean {
  const { rest } = withoutHint(start);
  const said = rest.trimStart();
  const end = said.search(/[\r\n]/);
  // A CR at the end may be half of a CR LF.
  return end !== -1 && (said[end] === '\n' || end + 1 < said.length);
}

/** Empty lines at the beginning. */
const emptyLines = /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/;
const hint = /^sep=([,;\t])(?:\r\n|\n|\r)/i;

function withoutHint(start: string): { rest: string; told: Delimiter | undefined } {
  const rest = start.replace(emptyLines, '');
  const found = hint.exec(rest);
  return found
    ? { rest: rest.slice(found[0].length).replace(emptyLines, ''), told: found[1] as Delimiter }
    : { rest, told: undefined };
}

export function dialectOf(start: string): Dialect {
  const { rest, told } = withoutHint(start);
  const skipped = start.slice(0, start.length - rest.length);
  const [firstLine = ''] = rest.split(/\r\n|\n|\r/, 1);
  return {
    delimiter: told ?? likeliest(firstLine),
    endsWithCr: /^[^\r\n]*\r(?!\n)/.test(start),
    skip: { characters: skipped.length, lines: skipped.split(/\r\n|\n|\r/).length - 1 },
  };
}

/** Number of characters of the first line to detect the delimiter from. Longer than all known headings together. */
const enoughHeadings = 4096;

/** The delimiter that yields the most known headings, or else the most columns. */
function likeliest(firstLine: string): Delimiter {
  const headings = firstLine.slice(0, enoughHeadings);
  const ranked = delimiters.map((delimiter) => {
    const cells = headings.split(delimiter).map((cell) => cell.replace(/["']/g, ''));
    return { delimiter, known: cells.filter(fieldNamed).length, columns: cells.length };
  });
  ranked.sort((one, other) => other.known - one.known || other.columns - one.columns);
  return ranked[0]!.delimiter;
}
