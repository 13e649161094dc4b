import { nextState } from '../life-cycle.js';
import { answerOnce } from './answer-once.js';
import type { Es2PlusCall, OrderingContext } from './context.js';
import { registered } from './events.js';
import type { Es2PlusAnswer, Es2PlusRequest } from './functions.js';
import { ownProfile } from './own-profile.js';

/**
 * ES2+.ReleaseProfile (SGP.22 5.3.4): the profile may be downloaded from now on; one that may be already stays so.
 *
 * @throws Refusal 8.2.1/1.2, 8.2.1/3.5, 8.2.1/3.9, 8.9/4.2, 8.9/5.1
 */
export function releaseProfile(
  context: OrderingContext,
  call: Es2PlusCall,
  request: Es2PlusRequest<'releaseProfile'>,
): Promise<Es2PlusAnswer<'releaseProfile'>> {
  const { check, requester } = call;
  const find = () =>
    check('5.3.4 (1)', 'the profile exists, and is open to the operator', () =>
      ownProfile(context.store, request.iccid, requester, ({ state }) => state === 'Confirmed'),
    );

  return answerOnce(
    context,
    'releaseProfile',
    call,
    request,
    find,
    async (profile) => {
      const to = check('5.3.4 (2)', 'the profile is Confirmed, or Released already', () =>
        nextState(profile.state, 'release')!,
      );
      if (to === profile.state) return undefined;

      // The SM-DS knows of it before the operator does.
      const along = await check('5.3.4 (3)', 'the SM-DS takes the event, or none is named', () =>
        registered(context.events, profile),
      );
      return { to, set: {}, along };
    },
    () => ({}),
  );
}
