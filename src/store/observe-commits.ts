import { noNamespace } from '../base/namespace.js';
import type { HistoryEntry } from './records.js';
import type { Change, Store } from './store.js';

/** A history entry that has just been committed. */
export interface Transition extends HistoryEntry {
  readonly profileId: number;
  /** The profile's namespace. Empty if the profile has no namespace, or if the change does not name it. */
  readonly namespace: string;
}

/** Functions to call after a successful commit. */
export interface CommitObserver {
  /** A profile has a new history entry. */
  readonly transition: (transition: Transition) => void;
  /** Profiles may have been removed: one by one, by a reset, or by a restored snapshot. */
  readonly removal: () => void;
  /** A registration or deletion of an event at an SM-DS was queued. */
  readonly registration: () => void;
  /**
   * Rows that processes may cache were replaced or deleted: profile types, or everything. The caller waits until this function has ended.
   */
  readonly replacement: () => Promise<void>;
}

/** A store that reports its commits to `observer`. */
export const observeCommits = (store: Store, observer: CommitObserver): Store => ({
  ...store,
  async commit(changes) {
    const isDone = await store.commit(changes);
    if (!isDone) return false;
    for (const transition of changes.flatMap(transitionsIn)) observer.transition(transition);
    if (changes.some(({ kind }) => kind === 'removeProfile')) observer.removal();
    if (changes.some(isForSmds)) observer.registration();
    return true;
  },
  async createProfiles(profiles, along = []) {
    const made = await store.createProfiles(profiles, along);
    if (along.some(isForSmds)) observer.registration();
    return made;
  },
  async clear(keep) {
    await store.clear(keep);
    observer.removal();
    await observer.replacement();
  },
  async restoreSnapshot(name) {
    const isDone = await store.restoreSnapshot(name);
    if (isDone) {
      observer.removal();
      await observer.replacement();
    }
    return isDone;
  },
  async saveProfileType(type) {
    await store.saveProfileType(type);
    await observer.replacement();
  },
  async deleteProfileType(name) {
    const isDone = await store.deleteProfileType(name);
    if (isDone) await observer.replacement();
    return isDone;
  },
});

function transitionsIn(change: Change): readonly Transition[] {
  if (change.kind !== 'updateProfile' && change.kind !== 'noteDownload') return [];
  const { id: profileId, namespace = noNamespace, history = [] } = change;
  return [history].flat().map((entry) => ({ profileId, namespace, ...entry }));
}

const isForSmds = ({ kind }: Change): boolean => kind === 'queueRegistration' || kind === 'queueDeletion';
