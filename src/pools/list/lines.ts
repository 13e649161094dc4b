import { withoutTrailing } from '../../base/without-trailing.js';
import { longestRow } from '../../manifests/index.js';
import { mostCodes } from './code-list.js';

/** The lines of a list, up to the maximum that is read. */
export interface Lines {
  /**
   * The first row, and at most {@link mostCodes} + 1 further lines: a header and codes. Each line is cut at the length of the longest valid
   * row.
   */
  readonly lines: readonly string[];
  /** Number of all lines in the file. */
  readonly count: number;
}

/** Splits a list into lines, which end with LF, CR LF or CR. Ignores empty lines at the end. */
export function linesOf(text: string): Lines {
  const content = withoutTrailing(text, '\r\n');
  const lines: string[] = [];
  let count = 1;
  let start = 0;
  const take = (end: number): void => {
    if (lines.length <= mostCodes + 1) lines.push(content.slice(start, Math.min(end, start + longestRow)));
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
