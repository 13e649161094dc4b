import { Refusal } from '../../wire/rsp/index.js';
import type { Profile, Store } from '../../store/index.js';
import { isLinkedByDownload, noDownload, noOrder } from '../by-hand.js';
import { nextState } from '../life-cycle.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, OrderingContext } from './context.js';
import type { Es2PlusAnswer, Es2PlusRequest } from './functions.js';
import { ownProfile } from './own-profile.js';

/**
 * ES2+.CancelOrder (SGP.22 5.3.3): the profile loses its order, which nobody can download any more.
 *
 * @throws Refusal 8.1.1/2.2, 8.2.1/1.2, 8.2.1/3.3, 8.2.1/3.9, 8.2.1/3.10, 8.2.6/2.2, 8.2.6/3.10
 */
export function cancelOrder(
  context: OrderingContext,
  call: Es2PlusCall,
  request: Es2PlusRequest<'cancelOrder'>,
): Promise<Es2PlusAnswer<'cancelOrder'>> {
  const { store } = context;
  const { requester, check } = call;
  const { iccid, matchingId, finalProfileStatusIndicator: indicator } = request;
  const find = () =>
    check('5.3.3 (1)', 'the profile exists, and is open to the operator', () =>
      ownProfile(store, iccid, requester, (profile) => profile.matchingId === (matchingId ?? null)),
    );

  return answerOnce(
    context,
    'cancelOrder',
    call,
    request,
    find,
    async (profile) => {
      const to = check('5.3.3 (2)', 'there is an order that has not been downloaded', () =>
        nextState(profile.state, `cancelTo${indicator}`)!,
      );
      await check('5.3.3 (3)', 'EID and MatchingID are those of the order', async () => {
        await requireEid(store, profile, request);
        requireMatchingId(profile, request);
      });

      // SGP.22 5.3.3 (4): the order ends, and whatever is under way
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
    () => ({}),
  );
}

/** The operator need not know of an EID that the order was linked to because its eUICC was served first. */
async function requireEid(
  store: Store,
  profile: Profile,
  { eid }: Es2PlusRequest<'cancelOrder'>,
): Promise<void> {
  if (profile.eid === null || eid === profile.eid) return;
  if (eid !== undefined) throw new Refusal('8.2.1/3.10', 'another EID is linked to this ICCID');
  if (!isLinkedByDownload(profile, await store.history(profile.id)))
    throw new Refusal('8.1.1/2.2', 'EID is missing: the order is linked to one');
}

function requireMatchingId(profile: Profile, { matchingId }: Es2PlusRequest<'cancelOrder'>): void {
  if (matchingId === undefined && profile.matchingId)
    throw new Refusal('8.2.6/2.2', 'MatchingID is missing: the order has one');
  if (matchingId !== undefined && matchingId !== profile.matchingId)
    throw new Refusal('8.2.6/3.10', 'MatchingID is not the one of this order');
}
