import { ManifestError, problemText, type RejectedRow } from '../../manifests/index.js';
import type { PreloadResult } from '../../manifests/preload/index.js';
import { BatchAbandonedError } from '../../store/index.js';
import { Problem, type FieldProblem } from '../http/problem.js';

/**
 * Turns an error of an import into a problem: 422 if the file is wrong, 400 if the file was cut off, 503 if the import
 * stalled.
 */
export function problemOfManifest(error: unknown): unknown {
  if (error instanceof ManifestError) {
    const { message, problem, remedy, place } = error;
    const field = place.line === undefined ? 'body' : `line ${place.line}`;
    const where = place.column === undefined ? '' : `column ${place.column}: `;
    return new Problem(422, message, [{ field, message: `${where}${problem}`, remedy }]);
  }
  if (error instanceof BatchAbandonedError)
    return new Problem(503, 'the import stalled, and the server cancelled it; import the file again');
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new Problem(400, 'the file ended before it was complete; nothing was imported');
  return error;
}

/** Maximum number of rows that `errors` describes. `rejectedRows` lists more. */
const mostErrors = 100;

/** Problem 422: the file has wrong rows. */
export function refusal(
  { rejected, stoppedAfterLine }: PreloadResult,
  rows: readonly RejectedRow[],
): Problem {
  const first = rows[0]?.problems[0];
  const example = first ? `; line ${rows[0]!.line}: ${problemText(first)}` : '';
  const stopped =
    stoppedAfterLine === undefined ? '' : ` (the server stopped reading after line ${stoppedAfterLine})`;
  return new Problem(
    422,
    `${rejected} ${rejected === 1 ? 'row is' : 'rows are'} wrong, and nothing was imported${stopped}${example}`,
    rows.slice(0, mostErrors).flatMap(fieldProblems),
  );
}

const fieldProblems = ({ line, problems }: RejectedRow): FieldProblem[] =>
  problems.map(({ field, column, value, message, remedy }) => ({
    field: `line ${line}${column === undefined ? '' : `, column ${column}`}, ${field}`,
    message: value === undefined ? message : `'${value}' ${message}`,
    remedy,
  }));
