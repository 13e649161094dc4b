import { Refusal } from '../../wire/rsp/index.js';
import { DuplicateError, type Profile } from '../../store/index.js';
import { hashConfirmationCode } from '../confirmation-code.js';
import { nextState } from '../life-cycle.js';
import { newMatchingId } from '../../base/matching-id.js';
import { operatorOf } from '../operators.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, OrderingContext } from './context.js';
import { registered, requireSmdsAddress } from './events.js';
import { matchingIdForm, matchingIdInWords, type Es2PlusAnswer, type Es2PlusRequest } from './functions.js';
import { ownProfile } from './own-profile.js';

/** The answer but for the address, which may change before a call is repeated. */
type ConfirmedOrder = Omit<Es2PlusAnswer<'confirmOrder'>, 'smdpAddress'>;

/**
 * ES2+.ConfirmOrder (SGP.22 5.3.2): gives an order its MatchingID, its confirmation code and its limits.
 *
 * @throws Refusal 8.1.1/2.2, 8.1.1/3.10, 8.2.1/1.2, 8.2.1/3.3, 8.2.1/3.9, 8.2.6/2.1, 8.2.6/3.3, 8.9/4.2, 8.9/5.1
 */
export async function confirmOrder(
  context: OrderingContext,
  call: Es2PlusCall,
  request: Es2PlusRequest<'confirmOrder'>,
): Promise<ConfirmedOrder> {
  const matchingId = request.matchingId ?? newMatchingId(context.random);
  try {
    return await confirmAs(context, call, request, matchingId);
  } catch (error) {
    if (!(error instanceof DuplicateError)) throw error;
    if (request.matchingId !== undefined)
      call.check('5.3.2 (4)', 'the MatchingID is well-formed and not in use', () => {
        throw alreadyInUse();
      });
    return confirmOrder(context, call, request);
  }
}

const smdsIsKnown = 'the SM-DS takes the event, or none is named';

function confirmAs(
  context: OrderingContext,
  call: Es2PlusCall,
  request: Es2PlusRequest<'confirmOrder'>,
  matchingId: string,
): Promise<ConfirmedOrder> {
  const { store, events } = context;
  const { check } = call;
  const { iccid, smdsAddress, releaseFlag } = request;
  const find = (): Promise<Profile> =>
    check('5.3.2 (1)', 'the profile exists, and is open to the operator', () =>
      ownProfile(store, iccid, call.requester, ({ state }) => state === 'Allocated' || state === 'Linked'),
    );

  return answerOnce(
    context,
    'confirmOrder',
    call,
    request,
    find,
    async (profile, now) => {
      const to = check('5.3.2 (2)', 'the profile is Allocated or Linked', () =>
        nextState(profile.state, releaseFlag ? 'confirmAndRelease' : 'confirm')!,
      );
      const eid = check('5.3.2 (3)', 'the EID is the one of the order, or not needed', () =>
        eidOf(profile, request, matchingId),
      );
      await check('5.3.2 (4)', 'the MatchingID is well-formed and not in use', () =>
        requireFree(context, matchingId),
      );
      if (smdsAddress !== undefined) check('5.3.2 (5)', smdsIsKnown, () => requireSmdsAddress(smdsAddress));
      const set = {
        eid,
        matchingId,
        smdsAddress: smdsAddress ?? null,
        confirmationCodeHash: hashOf(request),
        ...(await limitsFor(context, call, profile, now)),
      };

      // The SM-DS knows of it before the operator does.
      const along = releaseFlag
        ? await check('5.3.2 (5)', smdsIsKnown, () => registered(events, { ...profile, ...set }))
        : [];
      return { to, set, along };
    },
    ({ eid, matchingId }) => ({ ...(eid !== null && { eid }), ...(matchingId !== null && { matchingId }) }),
  );
}

function eidOf(
  profile: Profile,
  { eid, smdsAddress }: Es2PlusRequest<'confirmOrder'>,
  matchingId: string,
): string | null {
  if (eid !== undefined && profile.eid !== null && eid !== profile.eid)
    throw new Refusal('8.1.1/3.10', 'another EID is linked to this ICCID');
  const linked = eid ?? profile.eid;
  if (linked === null && matchingId === '')
    throw new Refusal('8.1.1/2.2', 'EID is missing: MatchingID is empty');
  if (linked === null && smdsAddress !== undefined)
    throw new Refusal('8.1.1/2.2', 'EID is missing: an SM-DS is given');
  return linked;
}

async function requireFree({ store }: OrderingContext, matchingId: string): Promise<void> {
  if (!matchingIdForm.test(matchingId))
    throw new Refusal('8.2.6/2.1', `MatchingID is not ${matchingIdInWords}`);
  if (matchingId !== '' && (await store.profileByMatchingId(matchingId))) throw alreadyInUse();
}

const alreadyInUse = (): Refusal => new Refusal('8.2.6/3.3', 'MatchingID is in use already');

const hashOf = ({ confirmationCode }: Es2PlusRequest<'confirmOrder'>): Buffer | null =>
  confirmationCode === undefined ? null : hashConfirmationCode(confirmationCode);

/** What the operator's orders have; where it has no limit, the one that the profile was prepared with stays. */
async function limitsFor(
  { store }: OrderingContext,
  { requester }: Es2PlusCall,
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
