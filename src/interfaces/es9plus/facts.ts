import type { Facts } from '../../instruments/exchanges/index.js';
import { isMadeOnDemand, shownMatchingId } from '../../orders/index.js';
import type { Profile } from '../../store/index.js';

/** The facts about an exchange that its order gives. */
export const factsOf = (profile: Profile): Facts => ({
  profileId: profile.id,
  namespace: profile.namespace || undefined,
  iccid: profile.iccid,
  matchingId: shownMatchingId(profile),
  madeOnDemand: isMadeOnDemand(profile),
});
