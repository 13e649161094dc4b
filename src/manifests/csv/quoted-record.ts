import type { RowProblem } from '../rows.js';

/** A record with quotes, and where its line feed is. */
interface Complete {
  readonly cells: readonly string[];
  readonly end: number;
  readonly fault?: RowProblem;
}

/** A record whose end is not there yet, and the column whose quote is open. */
interface Unfinished {
  readonly openColumn: number | undefined;
}

/** Reads the record of `text` that begins at `at`, cell by cell (RFC 4180). Blanks around quotes are put up with. */
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
      if (text[at] !== delimiter && text[at] !== '\n') return behindQuote(text, start, at, cells);
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

/** The cell whose opening quote is at `start`, and the place behind its closing quote. */
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

/** One pass for both: to look for either one behind the other again and again would cost the whole text for each cell. */
function endOfPlainCell(text: string, at: number, delimiter: string): number {
  for (let end = at; end < text.length; end++) {
    if (text[end] === delimiter || text[end] === '\n') return end;
  }
  return -1;
}

/**
 * There is something between a closing quote and the delimiter, at `at`: what follows from the beginning of the cell up to
 * the end of the line cannot be told apart.
 */
function behindQuote(
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
      message: 'there is text behind a closing quote',
      remedy: 'put the whole cell in quotes, and write a quote within it twice',
    },
  };
}
