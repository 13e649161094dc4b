import type { Profile } from '../store/index.js';

/** Not a character of a MatchingID (SGP.22 4.1). */
const separator = '/';

/**
 * The stored MatchingID of an order that was made on demand. Many devices may show the same MatchingID, and each gets its own
 * order.
 */
export const onDemandMatchingId = (shown: string, ...apart: readonly string[]): string =>
  [shown, ...apart].join(separator);

/** Whether the order was made because a device showed a MatchingID that stands for a fault. */
export const isMadeOnDemand = ({ matchingId }: Pick<Profile, 'matchingId'>): boolean =>
  matchingId?.includes(separator) ?? false;

/** The MatchingID that devices show. */
export const shownMatchingId = ({ matchingId }: Pick<Profile, 'matchingId'>): string | undefined =>
  matchingId?.split(separator)[0];
