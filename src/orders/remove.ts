import { setImmediate } from 'node:timers/promises';
import type { ProfileFilter, Store } from '../store/index.js';
import { removal } from './pool-removal.js';

/** Profiles of one commit: some milliseconds, then others have their turn. */
const portion = 200;

/** Removes what the filter lists, portion by portion, whatever state it is in. @returns how many profiles there were */
export async function removeProfiles(store: Store, filter: ProfileFilter): Promise<number> {
  let removed = 0;
  for (;;) {
    const { items } = await store.listProfiles(filter, { limit: portion });
    if (items.length === 0) return removed;
    // Refused where a device came in between: read again.
    if (await store.commit(items.flatMap(removal))) removed += items.length;
    await setImmediate();
  }
}

/** Removes one profile, if it is still there. */
export async function removeProfile(store: Store, id: number): Promise<void> {
  for (;;) {
    const profile = await store.profile(id);
    if (!profile || (await store.commit(removal(profile)))) return;
  }
}
