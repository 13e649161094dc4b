import { isDeepStrictEqual } from 'node:util';
import type { Subscriber } from './subscriber.js';

/**
 * The members in which two subscribers differ. `undefined` stands for the subscriber of the profile type: every member of the other
 * subscriber then differs.
 */
export function subscriberDifferences(
  one: Subscriber | undefined,
  other: Subscriber | undefined,
): readonly (keyof Subscriber)[] {
  const members = Object.keys({ ...one, ...other }) as (keyof Subscriber)[];
  return members.filter((member) => !isDeepStrictEqual(one?.[member], other?.[member]));
}
