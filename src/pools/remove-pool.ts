import { setImmediate } from 'node:timers/promises';
import type { Change, Store } from '../store/index.js';
import { removal } from '../orders/remove.js';
import { isWithdrawable } from './withdrawable.js';

export interface RemovedPool {
  /** The number of profiles that no device had downloaded. They are deleted, with their codes. */
  readonly removed: number;
  /** The number of profiles that a device has, had or is downloading. They stay, but are in no pool. */
  readonly kept: number;
}

/** The number of profiles per commit. A commit takes a few milliseconds. Other work can run between two commits. */
const portion = 200;

/**
 * Removes a pool, in several commits. If the removal was interrupted, call this function again. To put the kept profiles into a pool
 * again, import a list with their codes.
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
    // The store refuses the commit if a device has changed one of the profiles. The next round reads the profiles again.
    if (!(await store.commit(changes))) continue;
    const gone = items.filter(isWithdrawable).length;
    removed += gone;
    kept += items.length - gone;
  }
}
