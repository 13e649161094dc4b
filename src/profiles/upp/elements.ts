import { Asn1Error, readAll, readTlv, tagName, tlvBytes, type Tlv } from '../../wire/asn1/index.js';
import { elementName, elementTag } from '../saip/index.js';
import { UppError } from '../errors.js';
import { problemOfContent } from './package-text.js';

/** One profile element of a package. */
export interface ProfileElement {
  /** Position in the package, counted from 1. */
  readonly number: number;
  readonly tag: number;
  /** The name in SAIP's ASN.1 module. For an unknown element, the tag. */
  readonly name: string;
  /** The offset of the element in the package, in octets. */
  readonly offset: number;
  /** The whole element (a view into the package, not a copy). */
  readonly octets: Buffer;
}

/** The maximum depth of nested TLVs. It is far beyond the depth of any element, but safe for the stack. */
const MAX_DEPTH = 16;

/**
 * Whether the tag may belong to a profile element. Any constructed context-specific tag may, because later versions of
 * SAIP add elements.
 */
const isElementTag = (tag: Buffer): boolean => (tag[0]! & 0xe0) === 0xa0;

/**
 * Splits a package into its profile elements. The first must be the header, and the last must be the end. All must be well-formed TLVs.
 *
 * @throws UppError that says which element is wrong
 */
export function readElements(package_: Buffer): ProfileElement[] {
  const unusable = problemOfContent(package_);
  if (unusable !== undefined) throw new UppError(unusable, 0, 0);
  const elements: ProfileElement[] = [];
  for (let at = 0; at < package_.length;) {
    const number = elements.length + 1;
    const name = elementName(package_[at]!);
    const element = inElement({ number, name, offset: 0 }, () => readElement(package_, at, number));
    elements.push(element);
    at += element.octets.length;
  }
  const last = elements.at(-1);
  if (last?.tag !== elementTag.end) {
    const problem = `the package ends without an end element (tag AA)${last ? `: its last element is ${last.name}` : ''}`;
    throw new UppError(problem, elements.length, last?.offset ?? 0, last?.name);
  }
  return elements;
}

function readElement(package_: Buffer, offset: number, number: number): ProfileElement {
  const tlv = readTlv(package_, offset, package_.length, 'minimal');
  const { tag } = tlv;
  const name = elementName(tag) ?? tagName(tag);
  const fail = (problem: string): never => {
    throw new UppError(problem, number, offset, elementName(tag));
  };
  if (number === 1 && tag !== elementTag.header) {
    fail(
      `tag ${tagName(tag)} instead of the profile header (A0): is this an unprotected profile package in DER?`,
    );
  }
  if (number > 1 && tag === elementTag.header) fail('a second profile header');
  if (!isElementTag(package_.subarray(offset))) fail(`no profile element has the tag ${tagName(tag)}`);
  if (tag === elementTag.end && tlv.end !== package_.length) {
    fail(`the end element is followed by ${package_.length - tlv.end} octets`);
  }
  checkNesting(tlv, MAX_DEPTH);
  if (tag !== elementTag.header && package_[tlv.valueStart] !== 0xa0)
    fail(`${name} does not begin with a PEHeader`);
  return { number, tag, name, offset, octets: tlvBytes(tlv) };
}

/** Checks that every constructed value consists of TLVs. */
function checkNesting(tlv: Tlv, depth: number): void {
  if ((tlv.bytes[tlv.start]! & 0x20) === 0) return;
  if (depth === 0) throw new Asn1Error(`is nested deeper than ${MAX_DEPTH} levels`, tlv.start);
  for (const inner of readAll(tlv.bytes, tlv.valueStart, tlv.end, tlv.lengths))
    checkNesting(inner, depth - 1);
}

/**
 * Runs `body`, and converts its {@link Asn1Error} to a {@link UppError} about an element. `offset` is the position in the package of the
 * octets that `body` decodes.
 */
export function inElement<T>(
  at: Pick<ProfileElement, 'number' | 'offset'> & { readonly name: string | undefined },
  body: () => T,
): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    const problem = error.path ? `${error.path}: ${error.problem}` : error.problem;
    throw new UppError(problem, at.number, at.offset + Math.max(0, error.offset), at.name);
  }
}
