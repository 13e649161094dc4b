import type { HistoryEntry } from './records.js';
import type { Store } from './store.js';

/** A line of a profile's history that has just been committed. */
export interface Transition extends HistoryEntry {
  readonly profileId: number;
}

/** `store`, with every transition of a profile told once it is committed. */
export const watchTransitions = (store: Store, told: (transition: Transition) => void): Store => ({
  ...store,
  async commit(changes) {
    const isDone = await store.commit(changes);
    if (!isDone) return false;
    for (const change of changes) {
      if (change.kind !== 'updateProfile' || change.history === undefined) continue;
      for (const entry of [change.history].flat()) told({ profileId: change.id, ...entry });
    }
    return true;
  },
});
