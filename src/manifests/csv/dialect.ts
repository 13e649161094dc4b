import { fieldNamed } from '../fields.js';
import { delimiters, type Delimiter } from '../understood.js';

/** How the rows of a CSV file are written, as its beginning tells. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Lines end with CR alone, as old programs for the Mac have them. */
  readonly endsWithCr: boolean;
  /** What of the beginning is passed over: empty lines, and the line with which Excel is told the delimiter. */
  readonly skip: { readonly characters: number; readonly lines: number };
}

/** Whether `start` reaches beyond the first line that says something, so that {@link dialectOf} can tell. */
export function isEnough(start: string): boolean {
  const { rest } = withoutHint(start);
  const said = rest.trimStart();
  const end = said.search(/[\r\n]/);
  // Behind a CR there may still come the LF that belongs to it.
  return end !== -1 && (said[end] === '\n' || end + 1 < said.length);
}

/** Empty lines, or `sep=;`. */
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

/** Characters of the first line that tell the delimiter: more than all headings together have. */
const enoughHeadings = 4096;

/** The delimiter with which most headings are known; failing that, the one that makes most columns. */
function likeliest(firstLine: string): Delimiter {
  const headings = firstLine.slice(0, enoughHeadings);
  const ranked = delimiters.map((delimiter) => {
    const cells = headings.split(delimiter).map((cell) => cell.replace(/["']/g, ''));
    return { delimiter, known: cells.filter(fieldNamed).length, columns: cells.length };
  });
  ranked.sort((one, other) => other.known - one.known || other.columns - one.columns);
  return ranked[0]!.delimiter;
}
