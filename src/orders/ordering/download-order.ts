import { Refusal } from '../../wire/rsp/index.js';
import type { Profile } from '../../store/index.js';
import { nextState } from '../life-cycle.js';
import { ProfileTypeError } from '../profile-types.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, OrderingContext } from './context.js';
import type { Es2PlusAnswer, Es2PlusRequest } from './functions.js';
import { ownProfile } from './own-profile.js';
import { fromStock, mayOrder, typeFor } from './stock.js';

/**
 * ES2+.DownloadOrder (SGP.22 5.3.1): reserves a profile, and makes it the operator's.
 *
 * @param request at least one of `iccid` and `profileType`
 * @throws Refusal 8.2.1/1.2, 8.2.1/3.3, 8.2.1/3.9, 8.2.5/1.2, 8.2.5/3.7, 8.2.5/3.8, 8.2.5/3.9
 */
export async function downloadOrder(
  context: OrderingContext,
  call: Es2PlusCall,
  request: Es2PlusRequest<'downloadOrder'>,
): Promise<Es2PlusAnswer<'downloadOrder'>> {
  const { iccid, profileType, eid } = request;
  const find = (): Promise<Profile> =>
    iccid === undefined ? ofType(context, call, profileType!) : named(context, call, iccid);

  return answerOnce(
    context,
    'downloadOrder',
    call,
    request,
    find,
    async (profile) => {
      const to = call.check('5.3.1 (2)', 'the profile is Available', () =>
        nextState(profile.state, eid === undefined ? 'allocate' : 'link')!,
      );
      if (profileType !== undefined)
        await call.check('5.3.1 (3)', 'the profile is of the type', () =>
          requireType(context, call, profile, profileType),
        );

      // SGP.22 5.3.1 (4): Allocated, or Linked to the EID
      return {
        to,
        set: { eid: eid ?? null },
        along: [{ kind: 'forgetCalls', profileId: profile.id }],
      };
    },
    ({ iccid }) => ({ iccid }),
  );
}

async function ofType(context: OrderingContext, call: Es2PlusCall, profileType: string): Promise<Profile> {
  const type = await call.check('5.3.1 (1)', 'the profile type is open to the operator', () =>
    typeFor(context, profileType, call.requester),
  );
  return call.check('5.3.1 (2)', 'a profile of the type is Available', () =>
    fromStock(context, type, call.requester),
  );
}

const named = (
  context: OrderingContext,
  { requester, check }: Es2PlusCall,
  iccid: string,
): Promise<Profile> =>
  check('5.3.1 (1)', 'the profile is open to the operator', async () => {
    const profile = await ownProfile(context.store, iccid, requester, ({ state }) => state === 'Available');
    if (profile.operator === null) {
      const type = await context.profileTypes.get(profile.profileType).catch(ifUnknown);
      if (type && !mayOrder(type, requester))
        throw new Refusal('8.2.1/1.2', 'profile is of a type kept for other operators');
    }
    return profile;
  });

async function requireType(
  context: OrderingContext,
  { requester }: Es2PlusCall,
  profile: Profile,
  profileType: string,
): Promise<void> {
  const { name } = await typeFor(context, profileType, requester);
  if (name !== profile.profileType) throw new Refusal('8.2.5/3.8', 'profile is of another type');
}

function ifUnknown(error: unknown): undefined {
  if (!(error instanceof ProfileTypeError)) throw error;
}
