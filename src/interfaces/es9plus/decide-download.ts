import type { Exchange } from '../../instruments/exchanges/index.js';
import {
  changesOf,
  changesOfShared,
  commitDecision,
  isShared,
  seenByOne,
  type DownloadAttempt,
  type OrderChange,
  type ProfileDecision,
} from '../../orders/index.js';
import type { Profile, SharedOrder, Store } from '../../store/index.js';
import type { Refusal } from '../../wire/rsp/index.js';
import type { Es9PlusContext } from './context.js';

/** The outcome of a request for an order: the order's changes, the message to its operator, and the answer to the device. */
export interface DownloadDecision<T> extends ProfileDecision, Pick<OrderChange, 'progress'> {
  readonly refusal?: Refusal | undefined;
  readonly value: T;
}

/** The two halves of a decision about an order. Both are called again if another request has changed the order. */
export interface DownloadSteps<T> {
  /** @throws Refusal if the order does not exist, or no longer exists */
  readonly find: (isRetry: boolean) => Promise<Profile>;
  /** @param profile the order as this eUICC sees it: a shared code shows only the eUICC's own download */
  readonly decide: (profile: Profile) => DownloadDecision<T> | Promise<DownloadDecision<T>>;
}

/**
 * Decides about an order with {@link commitDecision}. The message to the profile's operator is queued in the same
 * transaction. The exchange notes the order before and after. A refusal that neither changes the order nor is reported to
 * an operator commits nothing.
 */
export async function decideDownload<T>(
  { store, progress: outbox }: Es9PlusContext,
  exchange: Exchange,
  attempt: DownloadAttempt,
  { find, decide }: DownloadSteps<T>,
): Promise<T> {
  let isQueued = false;
  let stateAfter: string | undefined;
  try {
    return await commitDecision(store, async (isRetry) => {
      const { profile, shared } = await orderOf(store, await find(isRetry), attempt.eid);
      exchange.noteOrder(profile);
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
    if (stateAfter !== undefined) exchange.noteState(stateAfter);
    if (isQueued) outbox?.queued();
  }
}

interface SeenOrder {
  readonly profile: Profile;
  /** Absent if the order is for one eUICC. */
  readonly shared?: SharedOrder;
}

async function orderOf(store: Store, profile: Profile, eid: string): Promise<SeenOrder> {
  if (!isShared(profile)) return { profile };
  const shared = await store.sharedOrder(profile.id, eid);
  if (!shared || !isShared(shared.profile)) return { profile };
  return { profile: seenByOne(shared), shared };
}

const leavesOrderAlone = ({ set, history = [] }: ProfileDecision): boolean =>
  Object.keys(set).length === 0 && history.length === 0;
