import type { Facts } from '../../instruments/exchanges/index.js';
import { isMadeOnDemand, shownMatchingId } from '../../orders/index.js';
import type { Profile } from '../../store/index.js';

/** The facts that an order adds to an exchange. */
export const factsOf = (profile: Profile): Facts => ({
  profileId: profile.id,
  namespace: profile.namespace || undefined,
  iccid: profile.iccid,
  matchingId: shownMatchingId(profile),
  madeOnDemand: isMadeOnDemand(profile),
});
