import { noNamespace } from '../base/namespace.js';
import type { HistoryEntry } from './records.js';
import type { Store } from './store.js';

/** A line of a profile's history that has just been committed. */
export interface Transition extends HistoryEntry {
  readonly profileId: number;
  /** The profile's; empty: none, or not told. */
  readonly namespace: string;
}

/** `store`, with every transition of a profile told once it is committed. */
export const watchTransitions = (store: Store, told: (transition: Transition) => void): Store => ({
  ...store,
  async commit(changes) {
    const isDone = await store.commit(changes);
    if (!isDone) return false;
    for (const change of changes) {
      if (change.kind !== 'updateProfile' && change.kind !== 'noteDownload') continue;
      if (change.history === undefined) continue;
      const { id: profileId, namespace = noNamespace } = change;
      for (const entry of [change.history].flat()) told({ profileId, namespace, ...entry });
    }
    return true;
  },
});
