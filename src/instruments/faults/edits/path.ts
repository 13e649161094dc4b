import { Asn1Error, readTlv, tagName } from '../../../wire/asn1/index.js';
import { editPoints, type EditPoint } from '../../exchanges/index.js';
import { nearest } from '../../../base/did-you-mean.js';
import { segments, structures, type Field, type Fields } from './fields.js';

/** The place of a change. */
export interface EditPath {
  readonly point: EditPoint;
  /**
   * The fields from the outermost to the innermost. Each field comes with its siblings, because the siblings define the
   * order of the members.
   */
  readonly steps: readonly { readonly field: Field; readonly siblings: Fields }[];
  /** Number of a protected TLV of the BPP, counted from 1. */
  readonly segment?: number | undefined;
}

/** The path names no editable value. */
export class PathError extends Error {
  override readonly name = 'PathError';
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/**
 * Parses a path such as `boundProfilePackage.segments.3` or `profileMetadata.BF76`.
 *
 * @throws PathError
 */
export function editPath(text: string): EditPath {
  const [first = '', ...names] = text.split('.');
  const point = editPoints.find((each) => each === first);
  if (!point) throw unknown(first, editPoints);
  if (point === 'boundProfilePackage' && names[0] === segments) return segmentPath(point, names);
  const steps: { field: Field; siblings: Fields }[] = [];
  let siblings = structures[point];
  let isConstructed = Object.keys(siblings).length > 0;
  for (const name of names) {
    const field = Object.hasOwn(siblings, name) ? siblings[name]! : isConstructed ? tagged(name) : undefined;
    if (!field) throw unknown(name, Object.keys(siblings));
    steps.push({ field, siblings });
    siblings = field.members ?? {};
    isConstructed = isConstructedTag(field.tag);
  }
  return { point, steps };
}

/** A member without a name in `structures`, identified by its tag: `BF76`. */
function tagged(name: string): Field | undefined {
  if (!/^([0-9A-F]{2}){1,3}$/.test(name)) return undefined;
  try {
    const { tag } = readTlv(Buffer.from(`${name}00`, 'hex'), 0, name.length / 2 + 1, 'minimal');
    return { tag, kind: 'octets' };
  } catch (error) {
    if (error instanceof Asn1Error) return undefined;
    throw error;
  }
}

const isConstructedTag = (tag: number): boolean =>
  (Number.parseInt(tagName(tag).slice(0, 2), 16) & 0x20) !== 0;

function segmentPath(point: EditPoint, [, number = '', ...rest]: readonly string[]): EditPath {
  if (!/^[1-9]\d{0,4}$/.test(number) || rest.length > 0)
    throw new PathError(
      `'${segments}.${number}' is not a segment`,
      `write ${segments} with a number from 1, such as ${segments}.3`,
    );
  return { point, steps: [], segment: Number(number) };
}

function unknown(name: string, known: readonly string[]): PathError {
  const meant = nearest(name, known);
  const all = known.length > 0 ? `use one of ${known.join(', ')}` : 'this value has no named parts';
  return new PathError(`'${name}' is not known`, meant ? `did you mean ${meant}?` : all);
}
