import type { Change, Store } from './store.js';

const isForSmds = ({ kind }: Change): boolean => kind === 'queueRegistration' || kind === 'queueDeletion';

/** `store`, with it told when something has been queued for an SM-DS. */
export const watchRegistrations = (store: Store, queued: () => void): Store => ({
  ...store,
  async commit(changes) {
    const isDone = await store.commit(changes);
    if (isDone && changes.some(isForSmds)) queued();
    return isDone;
  },
  async createProfiles(profiles, along = []) {
    const made = await store.createProfiles(profiles, along);
    if (along.some(isForSmds)) queued();
    return made;
  },
});
