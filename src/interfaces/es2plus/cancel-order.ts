import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import {
  es2plusFunctions,
  isLinkedByDownload,
  nextState,
  noDownload,
  noOrder,
  type Es2PlusAnswer,
} from '../../orders/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Profile, Store } from '../../store/index.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, Es2PlusContext } from './context.js';
import { isGiven, membersOf } from './members.js';
import { ownProfile } from './own-profile.js';

/**
 * ES2+.CancelOrder (SGP.22 5.3.3): deletes the order of a profile. Devices can then no longer download the profile.
 *
 * @throws Refusal 8.2.1/2.2, 1.3.1/2.1; in step (1) 8.2.1/1.2, 8.2.1/3.9; in step (2) 8.2.1/3.3; in step (3) 8.1.1/2.2, 8.2.1/3.10,
 * 8.2.6/2.2, 8.2.6/3.10
 */
export async function cancelOrder(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<Es2PlusAnswer<'cancelOrder'>> {
  const { store } = context;
  exchange.check('5.3.3', 'iccid and finalProfileStatusIndicator are given', () => requireOrderData(body));
  const request = await membersOf(context, body, es2plusFunctions.cancelOrder.request);
  const { iccid, eid, matchingId, finalProfileStatusIndicator: indicator } = request;
  await exchange.learn({ iccid, eid, matchingId });

  return answerOnce(context, {
    ...{ name: 'cancelOrder', call, request, exchange },

    find: () =>
      exchange.check('5.3.3 (1)', 'the profile exists, and is open to the operator', () =>
        ownProfile(store, iccid, call.requester, (profile) => profile.matchingId === (matchingId ?? null)),
      ),

    decide: async (profile) => {
      const to = exchange.check('5.3.3 (2)', 'there is an order that has not been downloaded', () =>
        nextState(profile.state, `cancelTo${indicator}`)!,
      );
      await exchange.check('5.3.3 (3)', 'EID and MatchingID are those of the order', async () => {
        await requireEid(store, profile, eid);
        requireMatchingId(profile, matchingId);
      });

      // SGP.22 5.3.3 (4): end the order and its sessions, and delete its one-time keys
      const { id: profileId } = profile;
      return {
        to,
        set: { ...noOrder, ...noDownload },
        along: [
          { kind: 'endSessions', profileId, orderIsOver: true },
          { kind: 'deleteBindings', profileId },
          { kind: 'forgetCalls', profileId },
        ],
      };
    },

    answerFor: () => ({}),
  });
}

/** CancelOrder has its own status code for missing members. @throws Refusal 8.2.1/2.2 */
function requireOrderData(body: RequestBody): void {
  for (const member of ['iccid', 'finalProfileStatusIndicator']) {
    if (!isGiven(body, member)) throw new Refusal('8.2.1/2.2', `${member} is missing`);
  }
}

/** If the first download gave the order its EID, the operator may leave the EID out. If the operator gave the order its EID, the EID is required. */
async function requireEid(store: Store, profile: Profile, eid: string | undefined): Promise<void> {
  if (profile.eid === null || eid === profile.eid) return;
  if (eid !== undefined) throw new Refusal('8.2.1/3.10', 'another EID is linked to this ICCID');
  if (!isLinkedByDownload(profile, await store.history(profile.id)))
    throw new Refusal('8.1.1/2.2', 'EID is missing: the order is linked to an EID');
}

function requireMatchingId(profile: Profile, matchingId: string | undefined): void {
  if (matchingId === undefined && profile.matchingId)
    throw new Refusal('8.2.6/2.2', 'MatchingID is missing: the order has a MatchingID');
  if (matchingId !== undefined && matchingId !== profile.matchingId)
    throw new Refusal('8.2.6/3.10', 'MatchingID is not that of this order');
}
