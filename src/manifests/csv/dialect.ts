import { columnNamed } from '../headings.js';
import { delimiters, type Delimiter } from '../detected-format.js';

/** The format of a CSV file, detected from its beginning. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Whether lines end with CR alone, as old Mac software writes them. */
  readonly endsWithCr: boolean;
  /** The part to skip at the beginning: empty lines, and the `sep=` line that tells Excel the delimiter. */
  readonly skip: { readonly characters: number; readonly lines: number };
}

/** Whether `start` contains the whole first non-empty line, which {@link dialectOf} needs. */
export function hasFirstLine(start: string): boolean {
  const { rest } = withoutHint(start);
  const content = rest.trimStart();
  const end = content.search(/[\r\n]/);
  // A CR at the end may be the first half of a CR LF.
  return end !== -1 && (content[end] === '\n' || end + 1 < content.length);
}

/** Empty lines at the beginning. */
const emptyLines = /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/;
const hint = /^sep=([,;\t])(?:\r\n|\n|\r)/i;

function withoutHint(start: string): { rest: string; hinted: Delimiter | undefined } {
  const rest = start.replace(emptyLines, '');
  const found = hint.exec(rest);
  return found
    ? { rest: rest.slice(found[0].length).replace(emptyLines, ''), hinted: found[1] as Delimiter }
    : { rest, hinted: undefined };
}

export function dialectOf(start: string): Dialect {
  const { rest, hinted } = withoutHint(start);
  const skipped = start.slice(0, start.length - rest.length);
  const [firstLine = ''] = rest.split(/\r\n|\n|\r/, 1);
  return {
    delimiter: hinted ?? likeliestDelimiter(firstLine),
    endsWithCr: /^[^\r\n]*\r(?!\n)/.test(start),
    skip: { characters: skipped.length, lines: skipped.split(/\r\n|\n|\r/).length - 1 },
  };
}

/** How many characters of the first line to search for delimiters. All known headings together are shorter. */
const enoughHeadings = 4096;

/** The delimiter that gives the first line the most known headings. If several tie, the one that gives the most columns. */
function likeliestDelimiter(firstLine: string): Delimiter {
  const headings = firstLine.slice(0, enoughHeadings);
  const ranked = delimiters.map((delimiter) => {
    const cells = headings.split(delimiter).map((cell) => cell.replace(/["']/g, ''));
    return {
      delimiter,
      known: cells.filter((cell) => columnNamed(cell, () => true)).length,
      columns: cells.length,
    };
  });
  ranked.sort((one, other) => other.known - one.known || other.columns - one.columns);
  return ranked[0]!.delimiter;
}
