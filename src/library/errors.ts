import type { FieldProblem, ProblemDetails } from '../api/index.js';

/**
 * A call that the server refused, as the control API does.
 *
 * @example
 *     await expect(smdp.profiles.get('8949…')).rejects.toMatchObject({ status: 404 });
 */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  /** Every member of the request that is wrong. */
  readonly errors: readonly FieldProblem[];
  /** Status code of SGP.22 with which a change was refused: `8.2.1/3.5`. */
  declare readonly refusal?: string;

  constructor(
    answer: ProblemDetails,
    /** HTTP status: 400 malformed, 404 no such thing, 409 its state or another's does not allow it, 503 the database fails. */
    readonly status: number,
  ) {
    super([answer.detail, ...remediesOf(answer)].join('\n'));
    this.errors = answer.errors;
    if (answer.refusal !== undefined) this.refusal = answer.refusal;
    answers.set(this, answer);
  }
}

/** Kept beside the errors: test runners print all that is in them, and of what they are refused people need the message. */
const answers = new WeakMap<ControlError, ProblemDetails>();

/** All that was answered: problem details, and what some calls add to them. */
export const answerIn = (error: ControlError): ProblemDetails => answers.get(error)!;

/** What to do about it, where the sentence before has not said so. */
const remediesOf = ({ detail, errors }: ProblemDetails): string[] =>
  errors.flatMap(({ field, remedy }) =>
    remedy === undefined || detail.includes(remedy) ? [] : [`  ${field}: ${remedy}`],
  );
