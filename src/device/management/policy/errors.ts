/** A policy, a group or an action that the management system refuses. */
export class PolicyRefused extends Error {
  override readonly name = 'PolicyRefused';

  constructor(
    /** `invalid`: what was given is wrong; `conflict`: it does not fit to what is there; `unknown`: there is no such thing. */
    readonly kind: 'invalid' | 'conflict' | 'unknown',
    /** The member that is wrong; empty if none is. */
    readonly field: string,
    message: string,
    /** What to do instead. */
    readonly remedy?: string | undefined,
  ) {
    super(message);
  }
}
