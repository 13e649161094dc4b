import type { Exchange } from '../../instruments/exchanges/index.js';
import { changesOf, commitDecision } from '../../orders/index.js';
import type { Change, OrderCall, Profile, ProfileChanges, ProfileState, Store } from '../../store/index.js';
import { callKey, type CallKey } from './call-key.js';
import type { Es2PlusCall, Es2PlusContext } from './context.js';

/** What a function does to a profile. */
export interface OrderStep {
  readonly to: ProfileState;
  readonly set: ProfileChanges;
  /** Other changes, committed together with those of the profile. */
  readonly along?: readonly Change[] | undefined;
}

/** One call of a function of ES2+. */
export interface OrderFunction<A> {
  /** As SGP.22 spells it: `confirmOrder`. */
  readonly name: string;
  readonly call: Es2PlusCall;
  /** The members of the request: with them, a repeated call is recognised. */
  readonly request: object;
  readonly exchange: Exchange;
  /** @throws Refusal if there is no such profile, or the caller may not use it */
  readonly find: () => Promise<Profile>;
  /**
   * @returns `undefined` if there is nothing to do
   * @throws Refusal if the function is not possible for this profile
   */
  readonly decide: (profile: Profile, now: number) => Promise<OrderStep | undefined>;
  /**
   * The members of the answer beside the header.
   *
   * @param profile as the call leaves it. For a repeated call, as it is now: members that the stored answer of an older build
   *   lacks are filled in from it
   */
  readonly answerFor: (profile: Profile) => A;
}

/**
 * Finds the profile that a call is about, decides, and commits the decision together with the answer, with
 * {@link commitDecision}. A repeated call gets the first answer and changes nothing. Two calls are the same:
 *
 * - if functionCallIdentifier and content are equal;
 * - if the content is equal, and the profile is still in the state in which the first call left it.
 *
 * Refusals are not stored, as they have changed nothing: a repeated call is decided again.
 */
export async function answerOnce<A extends object>(
  { store, clock }: Es2PlusContext,
  { name, call, request, exchange, find, decide, answerFor }: OrderFunction<A>,
): Promise<A> {
  const key = callKey(name, call, request);
  return commitDecision<A>(store, async () => {
    const { profile, earlier } = await subjectOf(store, key, find);
    exchange.noteOrder(profile);
    await exchange.learn({ namespace: profile.namespace || undefined });
    exchange.noteState(profile.state);
    const repeated = earlier ?? (await unchangedSince(store, key, profile));
    if (repeated)
      return { changes: [], value: { ...answerFor(profile), ...(JSON.parse(repeated.answer) as A) } };

    const now = clock.now().getTime();
    const step = await decide(profile, now);
    if (!step) return { changes: [], value: answerFor(profile) };
    const { to, set, along = [] } = step;
    const answer = answerFor({ ...profile, ...set });
    exchange.noteState(to);
    const line = {
      ...{ at: now, trigger: name, from: profile.state, to },
      eid: set.eid ?? profile.eid ?? undefined,
      functionCallIdentifier: call.functionCallIdentifier,
    };
    const changes = changesOf(profile, {
      set: { operator: call.requester, ...set, state: to },
      history: [line],
      along: [...along, recorded(key, profile.id, to, answer, now)],
    });
    return { changes, value: answer };
  });
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

/** An earlier call with the same content, if the profile is still as that call left it. */
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
