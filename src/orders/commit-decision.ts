import type { Change, HistoryEntry, Profile, ProfileChanges, Store } from '../store/index.js';
import type { Refusal } from '../wire/rsp/index.js';
import { eventChanges } from './event-changes.js';

/** What a request wants to do after it has read the records. */
export interface Decision<T> {
  /** Committed together or not at all. Empty: there is nothing to commit. */
  readonly changes: readonly Change[];
  /** Raised after the commit, because some refusals also change records. For instance, a wrong confirmation code is counted. */
  readonly refusal?: Refusal | undefined;
  /** Returned after the commit. */
  readonly value: T;
}

/** Maximum number of attempts at one decision. An attempt fails if another request has changed the records. */
const maxRounds = 200;

/**
 * Calls `decide`, which reads records and returns changes. Then commits these changes, which name the versions of the records that were
 * read. If another request has changed a record in the meantime, the store refuses the commit, and `decide` is called again. So when two
 * devices race for one code, the second device sees what the first has done.
 *
 * @param decide must read the records again on each call; `isRetry` is false on the first call only
 * @throws the refusal of the decision, after the commit; errors of `decide`, without a commit
 */
export async function commitDecision<T>(
  store: Pick<Store, 'commit'>,
  decide: (isRetry: boolean) => Promise<Decision<T>>,
): Promise<T> {
  for (let round = 0; round < maxRounds; round++) {
    const { changes, refusal, value } = await decide(round > 0);
    if (changes.length > 0 && !(await store.commit(changes))) continue;
    if (refusal) throw refusal;
    return value;
  }
  throw new Error(`gave up after ${maxRounds} attempts to change records that other requests keep changing`);
}

/** The changes that a decision makes to one profile. */
export interface ProfileDecision {
  /** The members that change. Empty if no member changes. */
  readonly set: ProfileChanges;
  readonly history?: readonly HistoryEntry[] | undefined;
  /** Other changes, committed together with those of the profile. */
  readonly along?: readonly Change[] | undefined;
}

/**
 * The changes of a decision about one profile, including those that queue ES12 calls. The store commits them only if the profile still
 * has the version that was read.
 */
export function changesOf(profile: Profile, { set, history, along = [] }: ProfileDecision): Change[] {
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
