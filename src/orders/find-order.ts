import { prefixedMatchingId } from '../base/namespace.js';
import { inNamespace, type Profile, type Store } from '../store/index.js';
import { Refusal, type StatusCode } from '../wire/rsp/index.js';
import { downloadState } from './life-cycle.js';

/**
 * Status codes that tell an eUICC that no order waits for its EID. Some LPAs stop asking after the first, some after the
 * second.
 */
export const noOrderStatuses = ['8.1.1/3.8', '8.2.6/3.8'] as const satisfies readonly StatusCode[];
export type NoOrderStatus = (typeof noOrderStatuses)[number];

/** What a device asks for, and when. */
export interface OrderQuery {
  /** Absent or empty: look-up by EID. */
  readonly matchingId: string | undefined;
  /** As the eUICC has proved it. */
  readonly eid: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The answer where no order waits for the EID; default: 8.1.1/3.8. */
  readonly noOrderStatus?: NoOrderStatus | undefined;
}

/**
 * Finds the order that a device asks for (SGP.22 3.1.3): by MatchingID, or, where it sends none or an empty one, by the EID that
 * it has proved.
 *
 * A MatchingID that is nothing but the prefix of a namespace stands for an empty one in that namespace.
 *
 * Several orders for one EID are handed out oldest first, those that can be downloaded now before all others.
 *
 * @param isEligible whether the device could take a profile; asked only where there are several to choose from
 * @param considered told of the orders among which one is looked for; where they are many, only of the one that is found
 * @throws Refusal 8.2.6/3.8 unknown MatchingID; nothing for this EID: 8.1.1/3.8, or what `noOrderStatus` says
 */
export async function findOrder(
  store: Store,
  query: OrderQuery,
  isEligible: (profile: Profile) => Promise<boolean> = async () => true,
  considered: (orders: readonly Profile[]) => void = () => undefined,
): Promise<Profile> {
  const { matchingId, eid, now, noOrderStatus = '8.1.1/3.8' } = query;
  if (matchingId) {
    const profile = await store.profileByMatchingId(matchingId);
    const prefixed = profile ? undefined : prefixedMatchingId(matchingId);
    if (prefixed?.rest === '')
      return findOrder(
        inNamespace(store, prefixed.namespace),
        { ...query, matchingId: '' },
        isEligible,
        considered,
      );
    considered(profile ? [profile] : []);
    if (!profile) throw new Refusal('8.2.6/3.8', 'MatchingID is not known');
    return profile;
  }
  const candidates = await store.profilesForEid(eid);
  const usable = candidates.filter((candidate) => isReady(candidate) && isWithinLimits(candidate, now));
  const profile =
    (await firstEligible(usable, isEligible)) ??
    candidates.find(isReady) ??
    candidates.find((candidate) => ['Allocated', 'Linked', 'Confirmed'].includes(candidate.state));
  considered(candidates.length > many && profile ? [profile] : candidates.slice(0, many));
  if (!profile) throw new Refusal(noOrderStatus, 'no profile is pending for this EID');
  return profile;
}

/** Orders for one EID of which there is no need to know each. */
const many = 20;

/** The first that the device could take; the first of all where it could take none, so that it is told why. */
async function firstEligible(
  usable: readonly Profile[],
  isEligible: (profile: Profile) => Promise<boolean>,
): Promise<Profile | undefined> {
  if (usable.length > 1) for (const profile of usable) if (await isEligible(profile)) return profile;
  return usable[0];
}

const isReady = (profile: Profile): boolean => ['Released', 'Downloaded'].includes(downloadState(profile));

const isWithinLimits = (profile: Profile, now: number): boolean =>
  profile.downloadAttemptsLeft !== 0 && (profile.validUntil === null || profile.validUntil > now);
