import type { FieldProblem, ProblemDetails } from '../api/index.js';

/**
 * The server refused a call of the control API.
 *
 * @example
 *     await expect(smdp.profiles.get('8949…')).rejects.toMatchObject({ status: 404 });
 */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  /** Every wrong member of the request. */
  readonly errors: readonly FieldProblem[];
  /** Status code of SGP.22 for a refused change, such as `8.2.1/3.5`. */
  declare readonly refusal?: string;

  constructor(
    answer: ProblemDetails,
    /**
     * HTTP status: 400 for a malformed request, 404 for an unknown object, 409 for a conflict with the present state,
     * 503 if the database fails.
     */
    readonly status: number,
  ) {
    super([answer.detail, ...remediesOf(answer)].join('\n'));
    this.errors = answer.errors;
    if (answer.refusal !== undefined) this.refusal = answer.refusal;
    answers.set(this, answer);
  }
}

/**
 * The whole answer of each error. The answer is kept outside the error, because test runners print all members of an
 * error.
 */
const answers = new WeakMap<ControlError, ProblemDetails>();

/** The whole answer: problem details, and the members that some calls add. */
export const answerIn = (error: ControlError): ProblemDetails => answers.get(error)!;

/** Remedies that the detail does not contain already. */
const remediesOf = ({ detail, errors }: ProblemDetails): string[] =>
  errors.flatMap(({ field, remedy }) =>
    remedy === undefined || detail.includes(remedy) ? [] : [`  ${field}: ${remedy}`],
  );
