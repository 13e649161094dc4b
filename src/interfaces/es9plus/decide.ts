import type { Exchange } from '../../instruments/exchanges/index.js';
import {
  changesOf,
  changesOfShared,
  decideOn,
  isShared,
  seenByOne,
  type DownloadAttempt,
  type Decision,
  type OrderChange,
} from '../../orders/index.js';
import type { Profile, SharedOrder, Store } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';

/** What is to become of a profile, and what its operator is told of it. */
export type ReportedDecision<T> = Decision<T> & Pick<OrderChange, 'progress'>;

/**
 * As {@link decideOn}, with the profile's operator told of the decision: the call is queued in the transaction that makes it
 * true, and with the exchange told of the order. A refusal that changes nothing of the order, and of which nobody is told, leaves no trace at the profile.
 */
export async function decideAndReport<S extends { readonly profile: Profile }, T>(
  { store, progress: outbox }: Es9PlusContext,
  exchange: Exchange,
  attempt: DownloadAttempt,
  read: (isRepeat: boolean) => Promise<S>,
  judge: (subject: S) => ReportedDecision<T> | Promise<ReportedDecision<T>>,
): Promise<T> {
  let isTold = false;
  let stateAfter: string | undefined;
  try {
    const found = async (isRepeat: boolean) => withShared(store, await read(isRepeat), attempt.eid);
    const judged = async (subject: S & Shared) => {
      exchange.noteOrder(subject.profile);
      stateAfter = subject.profile.state;
      const { progress, ...decision } = await judge(subject);
      const calls = (progress && (await outbox?.changesFor(subject.profile, progress, attempt))) ?? [];
      isTold = calls.length > 0;
      if (decision.refusal && !isTold && leavesOrderAlone(decision)) throw decision.refusal;
      stateAfter = decision.set.state ?? stateAfter;
      return { ...decision, along: [...(decision.along ?? []), ...calls] };
    };
    return await decideOn(store, found, judged, (subject, decision) =>
      subject.shared ? changesOfShared(subject.shared, attempt, decision) : changesOf(subject, decision),
    );
  } finally {
    if (stateAfter !== undefined) exchange.noteState(stateAfter);
    if (isTold) outbox?.queued();
  }
}

interface Shared {
  /** Absent for an order of one eUICC. */
  readonly shared?: SharedOrder;
}

/** What is decided about an order that many may use: the part that this eUICC has in it. */
async function withShared<S extends { readonly profile: Profile }>(
  store: Store,
  subject: S,
  eid: string,
): Promise<S & Shared> {
  if (!isShared(subject.profile)) return subject;
  const shared = await store.sharedOrder(subject.profile.id, eid);
  if (!shared || !isShared(shared.profile)) return subject;
  return { ...subject, profile: seenByOne(shared), shared };
}

const leavesOrderAlone = ({ set, history = [] }: Decision<unknown>): boolean =>
  Object.keys(set).length === 0 && history.length === 0;
