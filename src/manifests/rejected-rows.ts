import { isRemark } from './fields.js';
import { problemText, type RowProblem } from './rows.js';
import type { DetectedFormat } from './detected-format.js';

/** The parts of a rejected row that are written. */
export interface Rejected {
  readonly line: number;
  readonly problems: readonly RowProblem[];
  readonly source: readonly string[] | string;
}

/** Writes rejected rows with their reasons, in the format of the original file. */
export interface RejectedRowsWriter {
  /** The first line of the output. */
  readonly header: string;
  row(rejected: Rejected): string;
}

/**
 * Creates the writer for the rejected rows of a file. The user corrects its output and imports it again. It writes each row as it
 * was, preceded by its line number and the reason, which an import ignores.
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

/** Adds the remarks as members of the object. If the line is not an object, the remarks precede it on a line of their own. */
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
