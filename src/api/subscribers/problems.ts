import { ManifestError, SubscriberListError } from '../../manifests/index.js';
import { Problem, type FieldProblem } from '../http/problem.js';

/** Maximum number of problems that an error names. */
const mostProblems = 100;

/**
 * Turns an error about a list of subscribers into problem 422. If the list is wrong only because values are already in use, the problem is
 * 409. Returns any other error unchanged.
 */
export function subscriberProblems(error: unknown): unknown {
  if (error instanceof ManifestError) {
    const { problem, remedy, place, message } = error;
    return new Problem(422, `nothing was made: ${message}`, [
      { field: 'list', ...defined({ line: place.line, column: place.column }), message: problem, remedy },
    ]);
  }
  if (!(error instanceof SubscriberListError)) return error;
  const fields = error.problems
    .slice(0, mostProblems)
    .map(({ line, column, field, message, remedy }): FieldProblem => ({
      ...{ field, line, message: `${field}: ${message}` },
      ...defined({ column }),
      ...(remedy !== undefined && { remedy }),
    }));
  const status = error.problems.every(({ isTaken }) => isTaken) ? 409 : 422;
  return new Problem(status, `nothing was made: ${error.message}`, fields);
}

/** The members that have a value. */
const defined = <T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
