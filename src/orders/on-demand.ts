import type { Profile } from '../store/index.js';

/** SGP.22 4.1 has no such character in a MatchingID. */
const separator = '/';

/**
 * The MatchingID under which an order is kept that was made on demand: many devices may show the same one, and each gets
 * an order of its own.
 */
export const onDemandMatchingId = (shown: string, ...apart: readonly string[]): string =>
  [shown, ...apart].join(separator);

/** Whether the order was made because a device showed a MatchingID that stands for a fault. */
export const isMadeOnDemand = ({ matchingId }: Pick<Profile, 'matchingId'>): boolean =>
  matchingId?.includes(separator) ?? false;

/** The MatchingID as devices show it. */
export const shownMatchingId = ({ matchingId }: Pick<Profile, 'matchingId'>): string | undefined =>
  matchingId?.split(separator)[0];
