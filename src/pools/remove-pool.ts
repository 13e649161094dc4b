import { setImmediate } from 'node:timers/promises';
import type { Change, Store } from '../store/index.js';
import { isWithdrawable } from './members.js';
import { removal } from '../orders/pool-removal.js';

export interface RemovedPool {
  /** Profiles that nobody had downloaded: they are gone, and their codes with them. */
  readonly removed: number;
  /** Profiles that devices have, had or are getting: they stay, in no pool. */
  readonly kept: number;
}

/** Changes of one commit: some milliseconds, then others have their turn. */
const portion = 200;

/**
 * Removes a pool, portion by portion: whoever is interrupted calls it again. A list that names what was kept finds it
 * again when it is imported.
 */
export async function removePool(store: Store, pool: string): Promise<RemovedPool> {
  await store.commit([{ kind: 'deleteMdmList', pool }]);
  let removed = 0;
  let kept = 0;
  for (;;) {
    const { items } = await store.listProfiles({ pool }, { limit: portion });
    if (items.length === 0) return { removed, kept };
    const changes = items.flatMap((profile): Change[] => {
      const { id, version } = profile;
      if (isWithdrawable(profile)) return removal(profile);
      return [{ kind: 'updateProfile', id, version, set: { pool: null } }];
    });
    await setImmediate();
    // Refused where a device came in between: read again.
    if (!(await store.commit(changes))) continue;
    const gone = items.filter(isWithdrawable).length;
    removed += gone;
    kept += items.length - gone;
  }
}
