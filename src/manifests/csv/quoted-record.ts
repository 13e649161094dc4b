import type { RowProblem } from '../rows.js';

/** A complete record with quoted cells, and the index of the line feed that ends it. */
interface Complete {
  readonly cells: readonly string[];
  readonly end: number;
  readonly fault?: RowProblem;
}

/** A record whose end has not arrived yet, with the number of the column whose quote is still open. */
interface Unfinished {
  readonly openColumn: number | undefined;
}

/** Parses the record of `text` that starts at `at` (RFC 4180). Blanks around quotes are ignored. */
export function quotedRecord(text: string, at: number, delimiter: string): Complete | Unfinished {
  const cells: string[] = [];
  for (;;) {
    const start = afterBlanks(text, at);
    const quoted = text[start] === '"' ? quotedCell(text, start) : undefined;
    if (quoted === 'open') return { openColumn: cells.length + 1 };
    if (quoted) {
      cells.push(quoted.value);
      at = afterBlanks(text, quoted.end);
      if (text[at] === '\r') at++;
      if (text[at] !== delimiter && text[at] !== '\n') return textAfterQuote(text, start, at, cells);
    } else {
      const end = endOfPlainCell(text, at, delimiter);
      if (end === -1) return { openColumn: undefined };
      cells.push(text.slice(at, end).replace(/\r$/, ''));
      at = end;
    }
    if (text[at] === '\n') return { cells, end: at };
    at++;
  }
}

function afterBlanks(text: string, at: number): number {
  while (text[at] === ' ') at++;
  return at;
}

/** The cell whose opening quote is at `start`, and the index after its closing quote. */
function quotedCell(text: string, start: number): { value: string; end: number } | 'open' {
  let value = '';
  let from = start + 1;
  for (;;) {
    const close = text.indexOf('"', from);
    if (close === -1) return 'open';
    value += text.slice(from, close);
    if (text[close + 1] !== '"') return { value, end: close + 1 };
    value += '"';
    from = close + 2;
  }
}

/** Finds the delimiter or the line feed in one pass. Two `indexOf` calls per cell could each scan the whole text. */
function endOfPlainCell(text: string, at: number, delimiter: string): number {
  for (let end = at; end < text.length; end++) {
    if (text[end] === delimiter || text[end] === '\n') return end;
  }
  return -1;
}

/**
 * Handles a cell with text between its closing quote and the delimiter. The rest of the line cannot be split into cells, so it becomes
 * one cell with a fault.
 *
 * @param start the index of the opening quote
 * @param at the index of the text after the closing quote
 */
function textAfterQuote(
  text: string,
  start: number,
  at: number,
  cells: readonly string[],
): Complete | Unfinished {
  const end = text.indexOf('\n', at);
  if (end === -1) return { openColumn: undefined };
  return {
    cells: [...cells.slice(0, -1), text.slice(start, end).trimEnd()],
    end,
    fault: {
      field: 'row',
      column: cells.length,
      message: 'there is text after a closing quote',
      remedy: 'put the whole cell in quotes, and double every quote inside it',
    },
  };
}
