import type { Facts } from '../../instruments/exchanges/index.js';
import { isMadeOnDemand, shownMatchingId } from '../../orders/index.js';
import type { Profile } from '../../store/index.js';

/** What an exchange learns with its order. */
export const factsOf = (profile: Profile): Facts => ({
  profileId: profile.id,
  namespace: profile.namespace || undefined,
  iccid: profile.iccid,
  matchingId: shownMatchingId(profile),
  madeOnDemand: isMadeOnDemand(profile),
});
