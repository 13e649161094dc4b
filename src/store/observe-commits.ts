import { noNamespace } from '../base/namespace.js';
import type { HistoryEntry } from './records.js';
import type { Change, Store } from './store.js';

/** A line of a profile's history that has just been committed. */
export interface Transition extends HistoryEntry {
  readonly profileId: number;
  /** The profile's namespace; empty if it has none, or if the change does not name it. */
  readonly namespace: string;
}

/** What is called after a commit. Refused commits call nothing. */
export interface CommitObserver {
  /** A profile's history has a new line. */
  readonly transition: (transition: Transition) => void;
  /** Profiles may be gone: removed, cleared, or replaced by a snapshot. */
  readonly removal: () => void;
  /** An event was queued for an SM-DS, to be registered or deleted there. */
  readonly registration: () => void;
}

/** A store that tells `observer` what it has committed. */
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
  },
  async restoreSnapshot(name) {
    const isDone = await store.restoreSnapshot(name);
    if (isDone) observer.removal();
    return isDone;
  },
});

function transitionsIn(change: Change): readonly Transition[] {
  if (change.kind !== 'updateProfile' && change.kind !== 'noteDownload') return [];
  const { id: profileId, namespace = noNamespace, history = [] } = change;
  return [history].flat().map((entry) => ({ profileId, namespace, ...entry }));
}

const isForSmds = ({ kind }: Change): boolean => kind === 'queueRegistration' || kind === 'queueDeletion';
