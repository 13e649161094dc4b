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

/**
 * Maximum number of attempts to make an order. An attempt fails if a parallel request of the same eUICC has made the
 * order first.
 */
const maxRounds = 20;

/**
 * Makes orders for magic MatchingIDs. Each eUICC gets its own order per MatchingID. Once that order is spent, the eUICC
 * gets a new order with a new ICCID. A namespace prefix selects the namespace of the order. An existing order with the
 * same MatchingID takes precedence.
 *
 * @returns a function that gives the order for a MatchingID and an EID. The function returns `undefined` if the
 * MatchingID is not magic or an existing order has it, and throws Refusal 8.2.6/3.8 if the magic MatchingID is
 * malformed
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

/** Gives a spent order another MatchingID. The order stays, so that later notifications still find it. */
async function putAside(
  { store }: PreparationContext,
  { id, version, eid, iccid }: Profile,
  shown: string,
): Promise<void> {
  const set = { matchingId: onDemandMatchingId(shown, eid ?? '', iccid) };
  await store.commit([{ kind: 'updateProfile', id, version, set }]);
}
