import type { Change, HistoryEntry, Profile, ProfileChanges, Store } from '../store/index.js';
import type { Refusal } from '../wire/rsp/index.js';
import { eventChanges } from './discovery.js';

/** What is to become of a profile, as decided on one version of it. */
export interface Decision<T> {
  /** Members that change; empty when nothing does. */
  readonly set: ProfileChanges;
  readonly history?: readonly HistoryEntry[] | undefined;
  /** Other changes that have to be committed together with it. */
  readonly along?: readonly Change[] | undefined;
  /** Raised once the changes are committed: some refusals leave a trace, such as a counted attempt. */
  readonly refusal?: Refusal | undefined;
  readonly value: T;
}

/** Nothing is to become of a profile: it keeps its version. */
export interface Unchanged<T> {
  readonly unchanged: true;
  readonly value: T;
}

/** How often a decision is taken anew because another request changed the profile in between. */
const maxRounds = 200;

/**
 * Reads a profile, decides, and commits the decision on the condition that nobody has changed the profile since; else it
 * begins again, so that of two devices racing for one code the second sees what the first has done. What an SM-DS has to be
 * told of the change is queued with it.
 *
 * @param read raises a Refusal when there is nothing (any more) to decide about; is told whether an earlier decision could
 * not be committed, so that what was known before may not hold any more
 * @throws Refusal of the decision, after the commit
 */
export async function decideOn<S extends { readonly profile: Profile }, T>(
  store: Store,
  read: (isRepeat: boolean) => Promise<S>,
  decide: (subject: S) => Decision<T> | Unchanged<T> | Promise<Decision<T> | Unchanged<T>>,
  changes: (subject: S, decision: Decision<T>) => readonly Change[] = changesOf,
): Promise<T> {
  for (let round = 0; round < maxRounds; round++) {
    const subject = await read(round > 0);
    const decision = await decide(subject);
    if ('unchanged' in decision) return decision.value;
    if (!(await store.commit(changes(subject, decision)))) continue;
    if (decision.refusal) throw decision.refusal;
    return decision.value;
  }
  throw new Error(`gave up after ${maxRounds} attempts to change a profile that others keep changing`);
}

/** What a decision changes that is conditional on the version of the profile. */
export function changesOf<T>(
  { profile }: { readonly profile: Profile },
  { set, history, along = [] }: Decision<T>,
): Change[] {
  const { id, version, namespace } = profile;
  if (isEmpty(set) && !history?.length) return [{ kind: 'requireProfile', id, version }, ...along];
  const at = history?.at(-1)?.at;
  const dated = at === undefined ? set : { updatedAt: at, ...set };
  return [
    { kind: 'updateProfile', id, version, namespace, set: dated, history },
    ...eventChanges(profile, { ...profile, ...set }),
    ...along,
  ];
}

const isEmpty = (set: ProfileChanges): boolean => Object.values(set).every((value) => value === undefined);
