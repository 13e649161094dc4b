import type { Change, OrderCall, Profile, ProfileChanges, ProfileState, Store } from '../../store/index.js';
import { decideOn } from '../decision.js';
import { callKey, type CallKey } from './call-key.js';
import type { Es2PlusCall, OrderingContext } from './context.js';

/** What a call makes of a profile. */
export interface OrderStep {
  readonly to: ProfileState;
  readonly set: ProfileChanges;
  /** Changes that go with it. */
  readonly along?: readonly Change[] | undefined;
}

/**
 * Finds the profile that a call of ES2+ is about, decides, and commits the decision together with the answer, so that a
 * call that is repeated gets the first answer and changes nothing:
 *
 * - the same call again, known by its functionCallIdentifier and its content;
 * - the same content under another functionCallIdentifier, while the profile is still as the first call left it.
 *
 * Refusals are not kept: they have changed nothing, so that a repeated call is decided on anew.
 *
 * @param find raises a Refusal where there is no such profile, or the caller may not have it
 * @param decide raises a Refusal where the call is not possible; `undefined`: there is nothing to do
 * @param answerFor the members of the answer beside the header, for the profile as the call leaves it. An answer that an older build
 *   has kept gets the members that it lacks from there, too.
 */
export async function answerOnce<A extends object>(
  { store, clock }: OrderingContext,
  name: string,
  call: Es2PlusCall,
  request: object,
  find: () => Promise<Profile>,
  decide: (profile: Profile, now: number) => Promise<OrderStep | undefined>,
  answerFor: (profile: Profile) => A,
): Promise<A> {
  const key = callKey(name, call, request);
  return decideOn<Subject, A>(
    store,
    () => subjectOf(store, key, find),
    async ({ profile, earlier }) => {
      await call.concerns?.(profile);
      call.left?.(profile.state);
      const repeated = earlier ?? (await unchangedSince(store, key, profile));
      if (repeated)
        return { unchanged: true, value: { ...answerFor(profile), ...(JSON.parse(repeated.answer) as A) } };
      const now = clock.now().getTime();
      const step = await decide(profile, now);
      if (!step) return { unchanged: true, value: answerFor(profile) };
      const { to, set, along = [] } = step;
      const answer = answerFor({ ...profile, ...set });
      call.left?.(to);
      return {
        set: { operator: call.requester, ...set, state: to },
        history: [
          {
            at: now,
            trigger: name,
            from: profile.state,
            to,
            eid: set.eid ?? profile.eid ?? undefined,
            functionCallIdentifier: call.functionCallIdentifier,
          },
        ],
        along: [...along, recorded(key, profile.id, to, answer, now)],
        value: answer,
      };
    },
  );
}

interface Subject {
  readonly profile: Profile;
  /** The same call, made before. */
  readonly earlier?: OrderCall;
}

async function subjectOf(store: Store, key: CallKey, find: () => Promise<Profile>): Promise<Subject> {
  const earlier = await store.call(key.id);
  const profile = earlier && (await store.profile(earlier.profileId));
  return profile ? { profile, earlier } : { profile: await find() };
}

/** A call with the same content, if nothing has become of the profile since. */
async function unchangedSince(store: Store, key: CallKey, profile: Profile): Promise<OrderCall | undefined> {
  const before = await store.callAbout(profile.id, key.content);
  return before?.state === profile.state ? before : undefined;
}

const recorded = (
  key: CallKey,
  profileId: number,
  state: ProfileState,
  answer: object,
  at: number,
): Change => ({
  kind: 'recordCall',
  call: { ...key, profileId, state, answer: JSON.stringify(answer), at },
});
