import { prefixedMatchingId } from '../../../base/namespace.js';
import {
  downloadState,
  onDemandMatchingId,
  prepareProfile,
  type PreparationContext,
  type ProfileRequest,
} from '../../../orders/index.js';
import { Refusal } from '../../../wire/rsp/index.js';
import { DuplicateError, inNamespace, type Profile } from '../../../store/index.js';
import { magicOf } from './codes.js';

/** How often it is tried again because another request of the same eUICC was quicker. */
const maxRounds = 20;

/**
 * Makes orders for MatchingIDs that stand for a fault: each eUICC gets one of its own for each of them, and a new one with a new
 * ICCID when that is spent. One that begins with a namespace makes its orders there. An order that somebody has prepared under the same MatchingID comes first.
 *
 * @returns what gives the order for a MatchingID and an EID, or `undefined` for MatchingIDs that stand for nothing. It
 * raises a Refusal 8.2.6/3.8 where one is written wrongly
 */
export function ordersOnDemand(
  context: PreparationContext,
): (matchingId: string, eid: string) => Promise<Profile | undefined> {
  return async (matchingId, eid) => {
    const prefixed = prefixedMatchingId(matchingId);
    const magic = magicOf(prefixed?.rest ?? matchingId);
    if (!magic || (await context.store.profileByMatchingId(matchingId))) return undefined;
    if (typeof magic === 'string') throw new Refusal('8.2.6/3.8', magic);
    const store = prefixed ? inNamespace(context.store, prefixed.namespace) : context.store;
    return orderFor({ ...context, store }, matchingId, eid, magic.profile);
  };
}

async function orderFor(
  context: PreparationContext,
  shown: string,
  eid: string,
  request: ProfileRequest = {},
): Promise<Profile> {
  const { store } = context;
  const matchingId = onDemandMatchingId(shown, eid);
  for (let round = 0; round < maxRounds; round++) {
    const existing = await store.profileByMatchingId(matchingId);
    if (existing && !isSpent(existing)) return existing;
    if (existing) await putAside(context, existing, shown);
    try {
      return (await prepareProfile(context, { ...request, matchingId, eid, label: shown })).profile;
    } catch (error) {
      if (!(error instanceof DuplicateError)) throw error;
    }
  }
  throw new Error(`gave up after ${maxRounds} attempts to make an order for ${shown}`);
}

const isSpent = (profile: Profile): boolean => !['Released', 'Downloaded'].includes(downloadState(profile));

/** Keeps a spent order under a MatchingID that is still its own, so that later notifications find it. */
async function putAside(
  { store }: PreparationContext,
  { id, version, eid, iccid }: Profile,
  shown: string,
): Promise<void> {
  const set = { matchingId: onDemandMatchingId(shown, eid ?? '', iccid) };
  await store.commit([{ kind: 'updateProfile', id, version, set }]);
}
