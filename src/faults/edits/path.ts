import { editPoints, type EditPoint } from '../../exchanges/index.js';
import { nearest } from '../../base/did-you-mean.js';
import { segments, structures, type Field, type Fields } from './fields.js';

/** Where a change is made. */
export interface EditPath {
  readonly point: EditPoint;
  /** From the outside to the inside; each with its siblings, which say where it belongs. */
  readonly steps: readonly { readonly field: Field; readonly siblings: Fields }[];
  /** Number of a protected TLV of the BPP, from 1. */
  readonly segment?: number | undefined;
}

/** A path that leads nowhere. */
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
 * Reads `boundProfilePackage.segments.3` and the like.
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
  for (const name of names) {
    const field = Object.hasOwn(siblings, name) ? siblings[name]! : undefined;
    if (!field) throw unknown(name, Object.keys(siblings));
    steps.push({ field, siblings });
    siblings = field.members ?? {};
  }
  return { point, steps };
}

function segmentPath(point: EditPoint, [, number = '', ...rest]: readonly string[]): EditPath {
  if (!/^[1-9]\d{0,4}$/.test(number) || rest.length > 0)
    throw new PathError(`'${segments}.${number}' is no segment`, `write ${segments}. and its number, from 1`);
  return { point, steps: [], segment: Number(number) };
}

function unknown(name: string, known: readonly string[]): PathError {
  const meant = nearest(name, known);
  const all = known.length > 0 ? `known are ${known.join(', ')}` : 'nothing inside it can be named';
  return new PathError(`'${name}' is not known`, meant ? `did you mean ${meant}?` : all);
}
