/** The management system refuses a policy, a group or an action. */
export class PolicyRefused extends Error {
  override readonly name = 'PolicyRefused';

  constructor(
    /**
     * `invalid`: the input is wrong. `conflict`: it conflicts with existing policies or devices. `unknown`: the named object
     * does not exist.
     */
    readonly kind: 'invalid' | 'conflict' | 'unknown',
    /** The wrong member. Empty if no single member is wrong. */
    readonly field: string,
    message: string,
    /** What the caller can do instead. */
    readonly remedy?: string | undefined,
  ) {
    super(message);
  }

  /**
   * The same refusal, with its field inside a larger request. `path` is the part before the field, such as
   * `policies.esim`.
   */
  within(path: string): PolicyRefused {
    const { kind, field, message, remedy } = this;
    return new PolicyRefused(kind, field === '' ? path : `${path}.${field}`, message, remedy);
  }
}
