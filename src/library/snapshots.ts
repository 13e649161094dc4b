import type { SnapshotView } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** States of the database by name: 1 to 64 letters, digits and `. _ -`. Fault rules and clock are none of it. */
export interface Snapshots {
  /** Keeps the state as it is now, in place of an earlier one of the name. */
  take(name: string): Promise<SnapshotView>;
  /** @throws ControlError 404 */
  restore(name: string): Promise<void>;
  list(): Promise<readonly SnapshotView[]>;
  /** @throws ControlError 404 */
  remove(name: string): Promise<void>;
}

export const snapshotsBy = (call: CallApi): Snapshots => ({
  take: (name) => call('POST', '/snapshots', { body: { name } }),
  restore: (name) => call('POST', `/snapshots/${step(name)}/restore`),
  list: () => itemsOf(call, '/snapshots'),
  remove: (name) => call('DELETE', `/snapshots/${step(name)}`),
});
