import { newMatchingId } from '../../base/matching-id.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import {
  es2plusFunctions,
  hashConfirmationCode,
  matchingIdForm,
  matchingIdInWords,
  nextState,
  operatorOf,
  type Es2PlusAnswer,
} from '../../orders/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { DuplicateError, type Profile, type Store } from '../../store/index.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, Es2PlusContext } from './context.js';
import { registerEventOf, requireSmdsAddress } from './event-registration.js';
import { membersOf } from './members.js';
import { ownProfile } from './own-profile.js';

/** The stored part of the answer. The address is not stored, because it may change before the call is repeated. */
type ConfirmedOrder = Omit<Es2PlusAnswer<'confirmOrder'>, 'smdpAddress'>;

const isFree = 'the MatchingID is well-formed and not in use';
const smdsTakesIt = 'the SM-DS registers the event, or the order names no SM-DS';

/**
 * ES2+.ConfirmOrder (SGP.22 5.3.2): gives an order its MatchingID, its confirmation code and its limits. If the request has no
 * MatchingID, the server generates a MatchingID. If the request has an empty MatchingID, the server later finds the order by the device's EID.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2; in step (1) 8.2.1/1.2, 8.2.1/3.9; in step (2) 8.2.1/3.3; in step (3) 8.1.1/2.2, 8.1.1/3.10;
 * in step (4) 8.2.6/2.1, 8.2.6/3.3; in step (5) 8.9/4.2, 8.9/5.1, 8.2.6/3.3
 */
export async function confirmOrder(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<Es2PlusAnswer<'confirmOrder'>> {
  const { store, events } = context;
  const request = await membersOf(context, body, es2plusFunctions.confirmOrder.request);
  const { iccid, smdsAddress, releaseFlag, confirmationCode } = request;
  await exchange.learn({ iccid, eid: request.eid, matchingId: request.matchingId });
  if (smdsAddress !== undefined && request.matchingId === '')
    exchange.noteDeviation('5.3.2', 'smdsAddress is given with an empty MatchingID: no event is registered');

  const confirmAs = (matchingId: string) =>
    answerOnce<ConfirmedOrder>(context, {
      ...{ name: 'confirmOrder', call, request, exchange },

      find: () =>
        exchange.check('5.3.2 (1)', 'the profile exists, and is open to the operator', () =>
          ownProfile(store, iccid, call.requester, isUnconfirmed),
        ),

      decide: async (profile, now) => {
        const to = exchange.check('5.3.2 (2)', 'the profile is Allocated or Linked', () =>
          nextState(profile.state, releaseFlag ? 'confirmAndRelease' : 'confirm')!,
        );
        const eid = exchange.check('5.3.2 (3)', 'the EID is that of the order, or not needed', () =>
          linkedEid(profile, { eid: request.eid, matchingId, smdsAddress }),
        );
        await exchange.check('5.3.2 (4)', isFree, () => requireFree(store, matchingId, profile));
        if (smdsAddress !== undefined)
          exchange.check('5.3.2 (5)', smdsTakesIt, () => requireSmdsAddress(smdsAddress));
        const set = {
          eid,
          matchingId,
          smdsAddress: smdsAddress ?? null,
          confirmationCodeHash:
            confirmationCode === undefined ? null : hashConfirmationCode(confirmationCode),
          ...(await limitsFor(store, call.requester, profile, now)),
        };

        // The server registers the event at the SM-DS before it answers the operator.
        const along = releaseFlag
          ? await exchange.check('5.3.2 (5)', smdsTakesIt, () =>
              registerEventOf({ ...profile, ...set }, events),
            )
          : [];
        return { to, set, along };
      },

      answerFor: (profile) => ({
        ...(profile.eid !== null && { eid: profile.eid }),
        ...(profile.matchingId !== null && { matchingId: profile.matchingId }),
      }),
    });

  const answer = await confirmFree();
  await exchange.learn(answer);
  return { ...answer, smdpAddress: context.smdp.address };

  /**
   * Another request may take the MatchingID before the commit. The server then generates another MatchingID. If the operator
   * chose the MatchingID, the server refuses the call instead.
   */
  async function confirmFree(): Promise<ConfirmedOrder> {
    try {
      return await confirmAs(request.matchingId ?? newMatchingId(context.random));
    } catch (error) {
      if (!(error instanceof DuplicateError)) throw error;
      if (request.matchingId === undefined) return confirmFree();
      return exchange.check('5.3.2 (4)', isFree, () => {
        throw alreadyInUse();
      });
    }
  }
}

const isUnconfirmed = ({ state }: Profile): boolean => state === 'Allocated' || state === 'Linked';

interface ConfirmedFor {
  readonly eid?: string | undefined;
  readonly matchingId: string;
  readonly smdsAddress?: string | undefined;
}

/** @throws Refusal 8.1.1/3.10 if the order is linked to another EID; 8.1.1/2.2 if an EID is needed and missing */
function linkedEid(profile: Profile, { eid, matchingId, smdsAddress }: ConfirmedFor): string | null {
  if (eid !== undefined && profile.eid !== null && eid !== profile.eid)
    throw new Refusal('8.1.1/3.10', 'another EID is linked to this ICCID');
  const linked = eid ?? profile.eid;
  if (linked === null && matchingId === '')
    throw new Refusal('8.1.1/2.2', 'EID is missing: an empty MatchingID requires an EID');
  if (linked === null && smdsAddress !== undefined)
    throw new Refusal('8.1.1/2.2', 'EID is missing: an SM-DS address requires an EID');
  return linked;
}

/** @throws Refusal 8.2.6/2.1 if the MatchingID is malformed; 8.2.6/3.3 if it is in use by another order */
async function requireFree(store: Store, matchingId: string, { id }: Profile): Promise<void> {
  if (!matchingIdForm.test(matchingId))
    throw new Refusal('8.2.6/2.1', `MatchingID must have ${matchingIdInWords}`);
  if (matchingId === '') return;
  // If the order itself has the MatchingID, a repetition of this call was faster. Then the commit fails and the call is decided again.
  const holder = await store.profileByMatchingId(matchingId);
  if (holder && holder.id !== id) throw alreadyInUse();
}

const alreadyInUse = (): Refusal => new Refusal('8.2.6/3.3', 'MatchingID is already in use');

/**
 * The limits of an order, from the operator's settings. If the operator sets no limit on downloads or validity, the
 * profile keeps the limit with which it was prepared.
 */
async function limitsFor(
  store: Store,
  requester: string,
  profile: Profile,
  now: number,
): Promise<Pick<Profile, 'confirmationCodeAttemptsLeft' | 'downloadAttemptsLeft' | 'validUntil'>> {
  const { confirmationCodeAttempts, downloadAttempts, orderValidity } = await operatorOf(store, requester);
  return {
    confirmationCodeAttemptsLeft: confirmationCodeAttempts,
    downloadAttemptsLeft: downloadAttempts ?? profile.downloadAttemptsLeft,
    validUntil: orderValidity === null ? profile.validUntil : now + orderValidity * 1000,
  };
}
