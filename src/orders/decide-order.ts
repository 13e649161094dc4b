import type { Change, Profile, SharedOrder, Store } from '../store/index.js';
import type { Refusal } from '../wire/rsp/index.js';
import { changesOf, commitDecision, type ProfileDecision } from './commit-decision.js';
import type { DownloadAttempt, OrderChange } from './order-change.js';
import type { DownloadProgress } from './progress.js';
import { changesOfShared, isShared, seenByOne } from './shared-order.js';

/** Queues messages to operators about downloads. */
export interface ProgressMessages {
  /** Returns the changes that queue a message. The caller commits them together with the order. Empty if the operator wants no message. */
  changesFor(
    profile: Profile,
    progress: DownloadProgress,
    attempt: DownloadAttempt,
  ): Promise<readonly Change[]>;
  /** Call this after the commit. */
  queued(): void;
}

/** The outcome of a device's request: the changes of the order, the message to the operator, and the answer to the device. */
export interface OrderDecision<T> extends ProfileDecision, Pick<OrderChange, 'progress'> {
  readonly refusal?: Refusal | undefined;
  readonly value: T;
}

/** The steps of a decision about an order. If another request has changed the order, `find` and `decide` are called again. */
export interface OrderSteps<T> {
  /** @throws Refusal if the order does not exist */
  readonly find: (isRetry: boolean) => Promise<Profile>;
  /**
   * @param profile the order as this eUICC sees it. If several eUICCs share the order, this eUICC sees only its own
   * download
   */
  readonly decide: (profile: Profile) => OrderDecision<T> | Promise<OrderDecision<T>>;
  /** Called with the order before the decision. */
  readonly found?: ((profile: Profile) => void) | undefined;
  /** Called at the end with the state of the order, even if the decision is a refusal. */
  readonly left?: ((state: string) => void) | undefined;
}

/**
 * Decides about an order with {@link commitDecision}, and queues the message to the operator in the same transaction. Commits
 * nothing for a refusal that changes nothing and is not reported to an operator.
 */
export async function decideOrder<T>(
  { store, progress: outbox }: { readonly store: Store; readonly progress?: ProgressMessages | undefined },
  attempt: DownloadAttempt,
  { find, decide, found, left }: OrderSteps<T>,
): Promise<T> {
  let isQueued = false;
  let stateAfter: string | undefined;
  try {
    return await commitDecision(store, async (isRetry) => {
      const { profile, shared } = await orderSeenBy(attempt.eid, store, await find(isRetry));
      found?.(profile);
      stateAfter = profile.state;
      const { progress, refusal, value, ...decision } = await decide(profile);
      const messages = (progress && (await outbox?.changesFor(profile, progress, attempt))) ?? [];
      isQueued = messages.length > 0;
      if (refusal && !isQueued && leavesOrderAlone(decision)) throw refusal;
      stateAfter = decision.set.state ?? stateAfter;
      const whole = { ...decision, refusal, along: [...(decision.along ?? []), ...messages] };
      const changes = shared ? changesOfShared(shared, attempt, whole) : changesOf(profile, whole);
      return { changes, refusal, value };
    });
  } finally {
    if (stateAfter !== undefined) left?.(stateAfter);
    if (isQueued) outbox?.queued();
  }
}

interface SeenOrder {
  readonly profile: Profile;
  /** Absent if the order is for one eUICC. */
  readonly shared?: SharedOrder;
}

/** The order as this eUICC sees it. */
export async function orderSeenBy(eid: string, store: Store, profile: Profile): Promise<SeenOrder> {
  if (!isShared(profile)) return { profile };
  const shared = await store.sharedOrder(profile.id, eid);
  if (!shared || !isShared(shared.profile)) return { profile };
  return { profile: seenByOne(shared), shared };
}

const leavesOrderAlone = ({ set, history = [] }: ProfileDecision): boolean =>
  Object.keys(set).length === 0 && history.length === 0;
