import type { Exchange } from '../../instruments/exchanges/index.js';
import { text, type RequestBody } from '../json-binding/index.js';
import { es2plusFunctions, nextState, ProfileTypeError, type Es2PlusAnswer } from '../../orders/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Profile } from '../../store/index.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, Es2PlusContext } from './context.js';
import { membersOf } from './members.js';
import { ownProfile } from './own-profile.js';
import { fromStock, mayOrder, typeFor } from './stock.js';

/**
 * ES2+.DownloadOrder (SGP.22 5.3.1): reserves a profile for the operator. The answer repeats the ICCID as the request spells it.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.3; in step (1) 8.2.1/1.2, 8.2.1/3.9, 8.2.5/1.2, 8.2.5/3.7, 8.2.5/3.9; in step (2) 8.2.1/3.3,
 * 8.2.5/3.7; in step (3) 8.2.5/1.2, 8.2.5/3.7, 8.2.5/3.8, 8.2.5/3.9
 */
export async function downloadOrder(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<Es2PlusAnswer<'downloadOrder'>> {
  const request = await membersOf(context, body, es2plusFunctions.downloadOrder.request);
  const { iccid, profileType, eid } = request;
  exchange.check('5.3.1', 'iccid or profileType is given', () => {
    if (iccid === undefined && profileType === undefined)
      throw new Refusal('1.3.1/2.3', 'iccid and profileType are missing: give one of them');
  });
  await exchange.learn({ eid, iccid });

  const reserved = await answerOnce(context, {
    ...{ name: 'downloadOrder', call, request, exchange },

    find: async () => {
      if (iccid !== undefined)
        return exchange.check('5.3.1 (1)', 'the profile is open to the operator', () =>
          profileNamed(context, iccid, call.requester),
        );
      const type = await exchange.check('5.3.1 (1)', 'the profile type is open to the operator', () =>
        typeFor(context, profileType!, call.requester),
      );
      return exchange.check('5.3.1 (2)', 'a profile of the type is Available', () =>
        fromStock(context, type, call.requester),
      );
    },

    decide: async (profile) => {
      const to = exchange.check('5.3.1 (2)', 'the profile is Available', () =>
        nextState(profile.state, eid === undefined ? 'allocate' : 'link')!,
      );
      if (profileType !== undefined)
        await exchange.check('5.3.1 (3)', 'the profile is of the type', async () => {
          const { name } = await typeFor(context, profileType, call.requester);
          if (name !== profile.profileType) throw new Refusal('8.2.5/3.8', 'profile is of another type');
        });

      // SGP.22 5.3.1 (4): the profile becomes Allocated, or Linked to the EID
      return {
        to,
        set: { eid: eid ?? null },
        along: [{ kind: 'forgetCalls', profileId: profile.id }],
      };
    },

    answerFor: (profile) => ({ iccid: profile.iccid }),
  });
  await exchange.learn({ iccid: reserved.iccid });
  return { iccid: iccid === undefined ? reserved.iccid : text(body, 'iccid') };
}

/** @throws Refusal 8.2.1/3.9 if the ICCID is unknown; 8.2.1/1.2 if the profile is reserved for other operators */
async function profileNamed(context: Es2PlusContext, iccid: string, requester: string): Promise<Profile> {
  const profile = await ownProfile(context.store, iccid, requester, ({ state }) => state === 'Available');
  if (profile.operator === null) {
    const type = await context.profileTypes.get(profile.profileType).catch(ifUnknown);
    if (type && !mayOrder(type, requester))
      throw new Refusal('8.2.1/1.2', 'the type of the profile is reserved for other operators');
  }
  return profile;
}

function ifUnknown(error: unknown): undefined {
  if (!(error instanceof ProfileTypeError)) throw error;
}
