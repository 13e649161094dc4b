import type { FieldProblem } from '../control/index.js';

/**
 * A call that the server refused, as the control API would have.
 *
 * @example
 *     await expect(smdp.profiles.get('8949…')).rejects.toMatchObject({ status: 404 });
 */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    message: string,
    /** HTTP status: 400 malformed, 404 no such thing, 409 its state or another's does not allow it, 503 the database fails. */
    readonly status: number,
    /** Every member of the request that is wrong. */
    readonly errors: readonly FieldProblem[],
    /** Status code of SGP.22 with which a change was refused: `8.2.1/3.5`. */
    readonly refusal?: string | undefined,
  ) {
    super(message);
  }
}
