import type { Store } from './store.js';

/** `store`, with it told when profiles may be gone. */
export const watchRemovals = (store: Store, told: () => void): Store => ({
  ...store,
  async commit(changes) {
    const isDone = await store.commit(changes);
    if (isDone && changes.some(({ kind }) => kind === 'removeProfile')) told();
    return isDone;
  },
  async clear(keep) {
    await store.clear(keep);
    told();
  },
  async restoreSnapshot(name) {
    const isDone = await store.restoreSnapshot(name);
    if (isDone) told();
    return isDone;
  },
});
