/** A faulty member of a rule. */
export interface RuleProblem {
  readonly field: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}
