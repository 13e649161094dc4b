import { setImmediate } from 'node:timers/promises';
import type { Change, Store } from '../store/index.js';
import { isWithdrawable } from './profiles-in-pool.js';
import { removal } from '../orders/remove.js';

export interface RemovedPool {
  /** Profiles that no device had downloaded. They and their codes are deleted. */
  readonly removed: number;
  /** Profiles that a device has, had or is downloading. They stay, but in no pool. */
  readonly kept: number;
}

/** Changes per commit. One commit takes some milliseconds, then other work runs. */
const portion = 200;

/**
 * Removes a pool in portions. After an interruption, call it again. An import of a list that contains the kept profiles adds them to
 * a pool again.
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
    // Refused if a device changed a profile meanwhile: read again.
    if (!(await store.commit(changes))) continue;
    const gone = items.filter(isWithdrawable).length;
    removed += gone;
    kept += items.length - gone;
  }
}
