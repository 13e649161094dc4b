import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../json-binding/index.js';
import { es2plusFunctions, nextState, type Es2PlusAnswer } from '../../orders/index.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, Es2PlusContext } from './context.js';
import { registerEventOf } from './event-registration.js';
import { membersOf } from './members.js';
import { ownProfile } from './own-profile.js';

/**
 * ES2+.ReleaseProfile (SGP.22 5.3.4): lets devices download the profile. A profile that is already Released stays Released.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2; in step (1) 8.2.1/1.2, 8.2.1/3.9; in step (2) 8.2.1/3.5; in step (3) 8.9/4.2, 8.9/5.1,
 * 8.2.6/3.3
 */
export async function releaseProfile(
  context: Es2PlusContext,
  call: Es2PlusCall,
  body: RequestBody,
  exchange: Exchange,
): Promise<Es2PlusAnswer<'releaseProfile'>> {
  const request = await membersOf(context, body, es2plusFunctions.releaseProfile.request);
  await exchange.learn({ iccid: request.iccid });

  return answerOnce(context, {
    ...{ name: 'releaseProfile', call, request, exchange },

    find: () =>
      exchange.check('5.3.4 (1)', 'the profile exists, and is open to the operator', () =>
        ownProfile(context.store, request.iccid, call.requester, ({ state }) => state === 'Confirmed'),
      ),

    decide: async (profile) => {
      const to = exchange.check('5.3.4 (2)', 'the profile is Confirmed or Released', () =>
        nextState(profile.state, 'release')!,
      );
      if (to === profile.state) return undefined;

      // The server registers the event at the SM-DS before it answers the operator.
      const along = await exchange.check(
        '5.3.4 (3)',
        'the SM-DS registers the event, or the order names no SM-DS',
        () => registerEventOf(profile, context.events),
      );
      return { to, set: {}, along };
    },

    answerFor: () => ({}),
  });
}
