/**
 * An unprotected profile package (UPP) that is no sequence of profile elements, or lacks what personalising it needs.
 *
 * `element` is the number of the profile element, counted from 1; `offset` the octet of the package at which the
 * problem lies; `elementName` what SAIP calls the element.
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
      `profile element ${element}${elementName === undefined ? '' : ` (${elementName})`} at octet ${offset}: ${problem}`,
    );
  }
}

/** A parameter of a profile type, or a piece of profile metadata, that cannot be used. `field` is its path in the JSON. */
export class ProfileDataError extends Error {
  override readonly name = 'ProfileDataError';

  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`);
  }
}
