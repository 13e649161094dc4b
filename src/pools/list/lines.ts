import { withoutTrailing } from '../../base/without-trailing.js';
import { longestRow } from '../../manifests/text/limits.js';
import { mostCodes } from './code-list.js';

/** The lines of a list as far as they are read. */
export interface Lines {
  /** The first row and as many codes as a list may have. Of a longer line there is the beginning: no line of this length is right. */
  readonly lines: readonly string[];
  /** How many lines there are altogether. */
  readonly count: number;
}

/** The lines of a list, without the empty ones that follow the last row. Lines end with LF, CR LF or CR. */
export function linesOf(text: string): Lines {
  const content = withoutTrailing(text, '\r\n');
  const lines: string[] = [];
  let count = 1;
  let start = 0;
  const take = (end: number): void => {
    if (lines.length <= mostCodes) lines.push(content.slice(start, Math.min(end, start + longestRow)));
  };
  for (let at = 0; at < content.length; at++) {
    const character = content.charCodeAt(at);
    if (character !== lineFeed && character !== carriageReturn) continue;
    take(at);
    if (character === carriageReturn && content.charCodeAt(at + 1) === lineFeed) at++;
    start = at + 1;
    count++;
  }
  take(content.length);
  return { lines, count };
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
