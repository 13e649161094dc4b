import type { Exchange } from '../exchanges/index.js';
import { decideOn, type Attempt, type Decision, type OrderChange } from '../orders/index.js';
import type { Profile } from '../store/index.js';
import type { Es9PlusContext } from './context.js';

/** What is to become of a profile, and what its operator is told of it. */
export type ToldDecision<T> = Decision<T> & Pick<OrderChange, 'progress'>;

/**
 * As {@link decideOn}, with the profile's operator told of the decision: the call is queued in the transaction that makes it
 * true, and with the exchange told of the order. A refusal that changes nothing of the order, and of which nobody is told, leaves no trace at the profile.
 */
export async function decide<S extends { readonly profile: Profile }, T>(
  { store, progress: outbox }: Es9PlusContext,
  exchange: Exchange,
  attempt: Attempt,
  read: (isRepeat: boolean) => Promise<S>,
  judge: (subject: S) => ToldDecision<T> | Promise<ToldDecision<T>>,
): Promise<T> {
  let isTold = false;
  let stateAfter: string | undefined;
  try {
    return await decideOn(store, read, async (subject) => {
      exchange.concerns(subject.profile);
      stateAfter = subject.profile.state;
      const { progress, ...decision } = await judge(subject);
      const calls = (progress && (await outbox?.changesFor(subject.profile, progress, attempt))) ?? [];
      isTold = calls.length > 0;
      if (decision.refusal && !isTold && leavesOrderAlone(decision)) throw decision.refusal;
      stateAfter = decision.set.state ?? stateAfter;
      return { ...decision, along: [...(decision.along ?? []), ...calls] };
    });
  } finally {
    if (stateAfter !== undefined) exchange.left(stateAfter);
    if (isTold) outbox?.queued();
  }
}

const leavesOrderAlone = ({ set, history = [] }: Decision<unknown>): boolean =>
  Object.keys(set).length === 0 && history.length === 0;
