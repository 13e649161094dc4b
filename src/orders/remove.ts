import { setImmediate } from 'node:timers/promises';
import type { Change, Profile, ProfileFilter, Store } from '../store/index.js';
import { eventChanges } from './event-changes.js';

/** The number of profiles per commit. A commit takes a few milliseconds. The server handles other requests between commits. */
const portion = 200;

/**
 * Removes all profiles that match the filter, in any state and in several commits.
 *
 * @param isMeant a further condition. The removal ends when none of the 200 oldest matching profiles fulfils it
 * @returns the number of removed profiles
 */
export async function removeProfiles(
  store: Store,
  filter: ProfileFilter,
  isMeant: (profile: Profile) => boolean = () => true,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const items = (await store.listProfiles(filter, { limit: portion })).items.filter(isMeant);
    if (items.length === 0) return removed;
    // The store refuses the commit if a device has changed one of the profiles. The next round reads the profiles again.
    if (await store.commit(items.flatMap(removal))) removed += items.length;
    await setImmediate();
  }
}

/** Removes one profile, if it still exists. */
export async function removeProfile(store: Store, id: number): Promise<void> {
  for (;;) {
    const profile = await store.profile(id);
    if (!profile || (await store.commit(removal(profile)))) return;
  }
}

/** The changes that remove a profile, and queue the deletion of its event at an SM-DS. */
export const removal = (profile: Profile): Change[] => [
  { kind: 'removeProfile', id: profile.id, version: profile.version },
  ...eventChanges(profile, undefined),
];
