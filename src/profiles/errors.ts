/**
 * Raised if an unprotected profile package (UPP) is not a sequence of profile elements, or if it cannot be personalised because an
 * element is missing.
 *
 * `element` is the number of the invalid profile element, counted from 1; 0 stands for the whole package. `offset` is the octet of the package where the problem
 * is. `elementName` is the SAIP name of the element.
 */
export class UppError extends Error {
  override readonly name = 'UppError';

  constructor(
    readonly problem: string,
    readonly element: number,
    readonly offset: number,
    readonly elementName: string | undefined = undefined,
  ) {
    super(
      element === 0
        ? problem
        : `profile element ${element}${elementName === undefined ? '' : ` (${elementName})`} at octet ${offset}: ${problem}`,
    );
  }
}

/** Raised if a parameter of a profile type, or a member of profile metadata, cannot be used. `field` is its path in the JSON. */
export class ProfileDataError extends Error {
  override readonly name = 'ProfileDataError';

  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`);
  }
}
