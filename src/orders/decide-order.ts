import type { Change, Profile, SharedOrder, Store } from '../store/index.js';
import type { Refusal } from '../wire/rsp/index.js';
import { changesOf, commitDecision, type ProfileDecision } from './commit-decision.js';
import type { DownloadAttempt, OrderChange } from './download.js';
import type { DownloadProgress } from './progress.js';
import { changesOfShared, isShared, seenByOne } from './shared-order.js';

/** Queues messages to operators about downloads. */
export interface ProgressMessages {
  /** The changes that queue a message, to be committed with the progress itself; empty if the operator wants none. */
  changesFor(
    profile: Profile,
    progress: DownloadProgress,
    attempt: DownloadAttempt,
  ): Promise<readonly Change[]>;
  /** To be called after the changes were committed. */
  queued(): void;
}

/** The outcome of a request for an order: the order's changes, the message to its operator, and the answer to the device. */
export interface OrderDecision<T> extends ProfileDecision, Pick<OrderChange, 'progress'> {
  readonly refusal?: Refusal | undefined;
  readonly value: T;
}

/** The two halves of a decision about an order. Both are called again if another request has changed the order. */
export interface OrderSteps<T> {
  /** @throws Refusal if the order does not exist, or no longer exists */
  readonly find: (isRetry: boolean) => Promise<Profile>;
  /** @param profile the order as this eUICC sees it: a shared code shows only the eUICC's own download */
  readonly decide: (profile: Profile) => OrderDecision<T> | Promise<OrderDecision<T>>;
  /** Called with the order before the decision. */
  readonly found?: ((profile: Profile) => void) | undefined;
  /** Called at the end with the state of the order, also if the decision is a refusal. */
  readonly left?: ((state: string) => void) | undefined;
}

/**
 * Decides about an order with {@link commitDecision}. The message to the profile's operator is queued in the same
 * transaction. A refusal that neither changes the order nor is reported to an operator commits nothing.
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
      const { profile, shared } = await orderOf(store, await find(isRetry), attempt.eid);
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

/** The order as an eUICC sees it. */
export async function orderOf(store: Store, profile: Profile, eid: string): Promise<SeenOrder> {
  if (!isShared(profile)) return { profile };
  const shared = await store.sharedOrder(profile.id, eid);
  if (!shared || !isShared(shared.profile)) return { profile };
  return { profile: seenByOne(shared), shared };
}

const leavesOrderAlone = ({ set, history = [] }: ProfileDecision): boolean =>
  Object.keys(set).length === 0 && history.length === 0;
