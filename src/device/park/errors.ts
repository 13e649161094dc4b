import type { OperationRecord } from './operation.js';

/** Why a park refuses a call. */
export type ParkProblem =
  | { readonly kind: 'full'; readonly most: number }
  | { readonly kind: 'nameTaken'; readonly name: string }
  | { readonly kind: 'eidTaken'; readonly eid: string; readonly name: string }
  | { readonly kind: 'noEuicc' }
  | { readonly kind: 'busy'; readonly operation: OperationRecord }
  | { readonly kind: 'notAsked' }
  | { readonly kind: 'codeMissing' };

/** A park refuses a call. {@link problem} says why. */
export class ParkError extends Error {
  override readonly name = 'ParkError';

  constructor(
    readonly problem: ParkProblem,
    message: string,
  ) {
    super(message);
  }
}

/** The eUICC refuses ES10c.EnableProfile, DisableProfile or DeleteProfile (SGP.22 5.7.16 to 5.7.18). */
export class ProfileChangeRefused extends Error {
  override readonly name = 'ProfileChangeRefused';

  constructor(
    /** The result of the function, such as `profileNotInDisabledState`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
