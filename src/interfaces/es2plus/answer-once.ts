import type { Exchange } from '../../instruments/exchanges/index.js';
import { changesOf, commitDecision } from '../../orders/index.js';
import type { Change, OrderCall, Profile, ProfileChanges, ProfileState, Store } from '../../store/index.js';
import { callKey, type CallKey } from './call-key.js';
import type { Es2PlusCall, Es2PlusContext } from './context.js';

/** The changes that a function makes to a profile. */
export interface OrderStep {
  readonly to: ProfileState;
  readonly set: ProfileChanges;
  /** Other changes, committed together with the changes of the profile. */
  readonly along?: readonly Change[] | undefined;
}

/** One call of a function of ES2+. */
export interface OrderFunction<A> {
  /** As SGP.22 spells it: `confirmOrder`. */
  readonly name: string;
  readonly call: Es2PlusCall;
  /** The members of the request, by which a repeated call is recognised. */
  readonly request: object;
  readonly exchange: Exchange;
  /** Finds the profile that the request names. @throws Refusal if there is no such profile, or the caller may not use it */
  readonly find: () => Promise<Profile>;
  /**
   * @returns `undefined` if the profile need not change
   * @throws Refusal if the function cannot be applied to this profile
   */
  readonly decide: (profile: Profile, now: number) => Promise<OrderStep | undefined>;
  /**
   * The members of the answer, without the header.
   *
   * @param profile the profile after the call. For a repeated call, the profile as it is now. If an older version of
   *   the server stored an incomplete answer, this profile supplies the missing members
   */
  readonly answerFor: (profile: Profile) => A;
}

/**
 * Finds the profile of a call, decides what to change, and commits the changes together with the answer (see
 * {@link commitDecision}). A repeated call gets the stored answer and changes nothing. A call repeats an earlier call in two cases:
 *
 * - Both calls have the same functionCallIdentifier and the same content.
 * - Both calls have the same content, and the profile has not changed its state since the earlier call.
 *
 * Refusals change nothing and are not stored. When a refused call is repeated, the server decides again.
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
    const repeated = earlier ?? (await callStillInEffect(store, key, profile));
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
  /** The earlier call that this call repeats. */
  readonly earlier?: OrderCall;
}

async function subjectOf(store: Store, key: CallKey, find: () => Promise<Profile>): Promise<Subject> {
  const earlier = await store.call(key.id);
  const profile = earlier && (await store.profile(earlier.profileId));
  return profile ? { profile, earlier } : { profile: await find() };
}

/** The earlier call with the same content. `undefined` if the profile has changed its state since that call. */
async function callStillInEffect(
  store: Store,
  key: CallKey,
  profile: Profile,
): Promise<OrderCall | undefined> {
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
