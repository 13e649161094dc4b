import { isAddedHeading } from './fields.js';
import { problemText, type RowProblem } from './rows.js';
import type { DetectedFormat } from './detected-format.js';

/** The parts of a rejected row that the writer needs. */
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
 * Creates the writer for the rejected rows of a file. It writes each row unchanged, preceded by the row's line number and the reason for
 * the rejection. The user corrects the rows and imports the output. That import ignores line numbers and reasons.
 */
export function rejectedRowsWriter({
  format,
  delimiter = ',',
  headings,
}: Pick<DetectedFormat, 'format' | 'delimiter' | 'headings'>): RejectedRowsWriter {
  if (format === 'ndjson') return { header: '', row: ndjsonRow };
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\n`;
  const isKept = (_: string, index: number): boolean => !isAddedHeading(headings[index] ?? '');
  return {
    header: line(['line', 'reason', ...headings.filter(isKept)]),
    row: (rejected) =>
      line([String(rejected.line), reason(rejected), ...[rejected.source].flat().filter(isKept)]),
  };
}

const reason = ({ problems }: Rejected): string => problems.map(problemText).join('. ');

/** Adds line number and reason as members of the object. If the row is not an object, writes them on an extra line before the row. */
function ndjsonRow(rejected: Rejected): string {
  const text = [rejected.source].flat().join('');
  const added = { line: String(rejected.line), reason: reason(rejected) };
  const object = parsed(text);
  if (!object) return `${JSON.stringify(added)}\n${text}\n`;
  const members = Object.entries(object).filter(([name]) => !isAddedHeading(name));
  return `${JSON.stringify({ ...added, ...Object.fromEntries(members) })}\n`;
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
