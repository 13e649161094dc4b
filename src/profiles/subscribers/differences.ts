import { isDeepStrictEqual } from 'node:util';
import type { Subscriber } from './subscriber.js';

/**
 * The members in which two subscribers differ. An argument is `undefined` if it stands for the subscriber of the profile type: then
 * every member of the other one differs.
 */
export function subscriberDifferences(
  one: Subscriber | undefined,
  other: Subscriber | undefined,
): readonly (keyof Subscriber)[] {
  const members = Object.keys({ ...one, ...other }) as (keyof Subscriber)[];
  return members.filter((member) => !isDeepStrictEqual(one?.[member], other?.[member]));
}
