import { UppError } from '../errors.js';
import { readElements } from '../upp/elements.js';
import { inspectElement, type InspectedElement } from './element.js';

/** An unprotected profile package, decoded element by element. */
export interface InspectedPackage {
  /** In octets. */
  readonly size: number;
  readonly elements: readonly InspectedElement[];
  /** Why the octets are not a sequence of profile elements. `elements` is then empty. */
  readonly problem?: UppError | undefined;
}

/** Decodes a package. Never throws: an undecodable part becomes a problem of the package or of an element. */
export function inspectPackage(octets: Buffer): InspectedPackage {
  try {
    return { size: octets.length, elements: readElements(octets).map(inspectElement) };
  } catch (error) {
    if (error instanceof UppError) return { size: octets.length, elements: [], problem: error };
    throw error;
  }
}
