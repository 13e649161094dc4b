import { isRemark } from './fields.js';
import { problemText, type RowProblem } from './rows.js';
import type { DetectedFormat } from './understood.js';

/** What is written of a rejected row. */
export interface Rejected {
  readonly line: number;
  readonly problems: readonly RowProblem[];
  readonly source: readonly string[] | string;
}

/** Writes rejected rows again, each with its reason, in the form of the file that they come from. */
export interface RejectedRowsWriter {
  /** What stands at the top. */
  readonly header: string;
  row(rejected: Rejected): string;
}

/**
 * What writes the rejected rows of a file so that they can be corrected and imported again: as they were, with the line and
 * the reason before them, which an import passes over.
 */
export function rejectedRowsWriter({
  format,
  delimiter = ',',
  headings,
}: Pick<DetectedFormat, 'format' | 'delimiter' | 'headings'>): RejectedRowsWriter {
  if (format === 'ndjson') return { header: '', row: ndjsonRow };
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\n`;
  const isKept = (_: string, index: number): boolean => !isRemark(headings[index] ?? '');
  return {
    header: line(['line', 'reason', ...headings.filter(isKept)]),
    row: (rejected) =>
      line([String(rejected.line), reason(rejected), ...[rejected.source].flat().filter(isKept)]),
  };
}

const reason = ({ problems }: Rejected): string => problems.map(problemText).join('. ');

/** The remarks become members of the object; a line that is none follows them as it is. */
function ndjsonRow(rejected: Rejected): string {
  const text = [rejected.source].flat().join('');
  const remarks = { line: String(rejected.line), reason: reason(rejected) };
  const object = parsed(text);
  if (!object) return `${JSON.stringify(remarks)}\n${text}\n`;
  const members = Object.entries(object).filter(([name]) => !isRemark(name));
  return `${JSON.stringify({ ...remarks, ...Object.fromEntries(members) })}\n`;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const csvCell = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
