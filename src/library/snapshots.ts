import type { SnapshotView } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Saved states of the database, without fault rules and clock. Names have 1 to 64 letters, digits and `. _ -`. */
export interface Snapshots {
  /** Saves the present state. Replaces an earlier snapshot with the same name. */
  take(name: string): Promise<SnapshotView>;
  /** Returns the database to a snapshot. @throws ControlError 404 for an unknown name */
  restore(name: string): Promise<void>;
  list(): Promise<readonly SnapshotView[]>;
  /** @throws ControlError 404 for an unknown name */
  remove(name: string): Promise<void>;
}

export const snapshotsBy = (call: CallApi): Snapshots => ({
  take: (name) => call('POST', '/snapshots', { body: { name } }),
  restore: (name) => call('POST', `/snapshots/${step(name)}/restore`),
  list: () => itemsOf(call, '/snapshots'),
  remove: (name) => call('DELETE', `/snapshots/${step(name)}`),
});
