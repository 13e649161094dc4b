import { prefixedMatchingId } from '../base/namespace.js';
import { inNamespace, type Profile, type Store } from '../store/index.js';
import { Refusal, type StatusCode } from '../wire/rsp/index.js';
import { downloadState } from './life-cycle.js';

/**
 * The status codes that can say "no order is linked to this EID". Some LPAs stop polling when they receive the first
 * code, others when they receive the second.
 */
export const noOrderStatuses = ['8.1.1/3.8', '8.2.6/3.8'] as const satisfies readonly StatusCode[];
export type NoOrderStatus = (typeof noOrderStatuses)[number];

/** What a device asks for, and when. */
export interface OrderQuery {
  /** Absent or empty: the order is found by EID. */
  readonly matchingId: string | undefined;
  /** The EID that the eUICC's certificate proves. */
  readonly eid: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The status code if there is no order for the EID; default: 8.1.1/3.8. */
  readonly noOrderStatus?: NoOrderStatus | undefined;
}

/** Callbacks of the look-up. */
export interface OrderChoice {
  /** Whether the device could install the profile. Called only if several orders can be downloaded. Default: every profile is eligible. */
  readonly isEligible?: (profile: Profile) => Promise<boolean>;
  /** Receives the orders among which the look-up chose. If there were more than 20, receives only the chosen order. */
  readonly considered?: (orders: readonly Profile[]) => void;
}

/**
 * Finds the order that a device asks for (SGP.22 3.1.3): by MatchingID, or by EID if the MatchingID is absent or empty. If the
 * MatchingID is only the prefix of a namespace, finds the order by EID within that namespace.
 *
 * Among several orders for one EID, orders that can be downloaded now come first, and older orders come before newer ones.
 *
 * @throws Refusal 8.2.6/3.8 if the MatchingID is unknown; `query.noOrderStatus` if there is no order for the EID
 */
export async function findOrder(store: Store, query: OrderQuery, choice: OrderChoice = {}): Promise<Profile> {
  const { matchingId, eid, now, noOrderStatus = '8.1.1/3.8' } = query;
  const { isEligible = async () => true, considered } = choice;
  if (matchingId) {
    const profile = await store.profileByMatchingId(matchingId);
    const prefixed = profile ? undefined : prefixedMatchingId(matchingId);
    if (prefixed?.rest === '')
      return findOrder(inNamespace(store, prefixed.namespace), { ...query, matchingId: '' }, choice);
    considered?.(profile ? [profile] : []);
    if (!profile) throw new Refusal('8.2.6/3.8', 'MatchingID is not known');
    return profile;
  }
  const candidates = await store.profilesForEid(eid);
  const usable = candidates.filter((candidate) => isReady(candidate) && isWithinLimits(candidate, now));
  const profile =
    (await firstEligible(usable, isEligible)) ??
    candidates.find(isReady) ??
    candidates.find((candidate) => ['Allocated', 'Linked', 'Confirmed'].includes(candidate.state));
  considered?.(candidates.length > mostListed && profile ? [profile] : candidates.slice(0, mostListed));
  if (!profile) throw new Refusal(noOrderStatus, 'no profile is pending for this EID');
  return profile;
}

/** Maximum number of orders that `considered` receives. */
const mostListed = 20;

/**
 * The first order whose profile the device could install. If there is none, the first order. The next check then says
 * what is wrong.
 */
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
