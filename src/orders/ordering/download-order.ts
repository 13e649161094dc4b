import { Refusal } from '../../rsp/index.js';
import type { Profile } from '../../store/index.js';
import { nextState } from '../life-cycle.js';
import { ProfileTypeError } from '../profile-types.js';
import { answerOnce } from './answer-once.js';
import type { Call, OrderingContext } from './context.js';
import { ownProfile } from './own-profile.js';
import { fromStock, mayOrder, typeFor } from './stock.js';

/** At least one of `iccid` and `profileType`. */
export interface DownloadOrderRequest {
  /** 18 to 20 digits. */
  readonly iccid?: string | undefined;
  readonly profileType?: string | undefined;
  /** 32 digits: the order is linked to this eUICC. */
  readonly eid?: string | undefined;
}

export interface DownloadOrderAnswer {
  readonly iccid: string;
}

/**
 * ES2+.DownloadOrder (SGP.22 5.3.1): reserves a profile, and makes it the operator's.
 *
 * @throws Refusal 8.2.1/1.2, 8.2.1/3.3, 8.2.1/3.9, 8.2.5/1.2, 8.2.5/3.7, 8.2.5/3.8, 8.2.5/3.9
 */
export async function downloadOrder(
  context: OrderingContext,
  call: Call,
  request: DownloadOrderRequest,
): Promise<DownloadOrderAnswer> {
  const { iccid, profileType, eid } = request;
  const find = (): Promise<Profile> =>
    iccid === undefined ? ofType(context, call, profileType!) : named(context, call, iccid);

  return answerOnce(context, 'downloadOrder', call, request, find, async (profile) => {
    // SGP.22 5.3.1 (2): it is Available
    const to = nextState(profile.state, eid === undefined ? 'allocate' : 'link')!;
    call.passed('5.3.1 (2)', 'the profile is Available');

    // SGP.22 5.3.1 (3): ICCID and profile type agree
    if (profileType !== undefined) await requireType(context, call, profile, profileType);

    // SGP.22 5.3.1 (4): Allocated, or Linked to the EID
    return {
      to,
      set: { eid: eid ?? null },
      along: [{ kind: 'forgetCalls', profileId: profile.id }],
      answer: { iccid: profile.iccid },
    };
  });
}

async function ofType(context: OrderingContext, call: Call, profileType: string): Promise<Profile> {
  // SGP.22 5.3.1 (1): the caller may order profiles of this type
  const type = await typeFor(context, profileType, call.requester);
  call.passed('5.3.1 (1)', 'the profile type is open to the operator');
  return fromStock(context, type, call.requester);
}

async function named(
  { store, profileTypes }: OrderingContext,
  { requester, passed }: Call,
  iccid: string,
): Promise<Profile> {
  // SGP.22 5.3.1 (1): the profile exists, and the caller may order it
  const profile = await ownProfile(store, iccid, requester, ({ state }) => state === 'Available');
  if (profile.operator === null) {
    const type = await profileTypes.get(profile.profileType).catch(ifUnknown);
    if (type && !mayOrder(type, requester))
      throw new Refusal('8.2.1/1.2', 'profile is of a type kept for other operators');
  }
  passed('5.3.1 (1)', 'the profile is open to the operator');
  return profile;
}

async function requireType(
  context: OrderingContext,
  { requester, passed }: Call,
  profile: Profile,
  profileType: string,
): Promise<void> {
  const { name } = await typeFor(context, profileType, requester);
  if (name !== profile.profileType) throw new Refusal('8.2.5/3.8', 'profile is of another type');
  passed('5.3.1 (3)', 'the profile is of the type');
}

function ifUnknown(error: unknown): undefined {
  if (!(error instanceof ProfileTypeError)) throw error;
}
