import type { Profile } from '../store/index.js';

/** A character that no MatchingID contains (SGP.22 4.1). */
const separator = '/';

/**
 * The stored MatchingID of an order that was made on demand. Many devices may show the same MatchingID, and each device gets its own
 * order.
 *
 * @param shown the MatchingID that the device shows
 * @param distinguishing texts that make the stored MatchingID unique
 */
export const onDemandMatchingId = (shown: string, ...distinguishing: readonly string[]): string =>
  [shown, ...distinguishing].join(separator);

/** Whether the order was made because a device showed a MatchingID that stands for a fault. */
export const isMadeOnDemand = ({ matchingId }: Pick<Profile, 'matchingId'>): boolean =>
  matchingId?.includes(separator) ?? false;

/** The MatchingID as devices show it. */
export const shownMatchingId = ({ matchingId }: Pick<Profile, 'matchingId'>): string | undefined =>
  matchingId?.split(separator)[0];
