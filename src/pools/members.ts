import { setImmediate } from 'node:timers/promises';
import type { Profile, ProfileFilter, ProfileState, Store } from '../store/index.js';

const pageSize = 500;

/**
 * The profiles of a pool, in the order in which they were made, in portions that fit into memory whatever its size, and
 * between which others have their turn.
 */
export async function* membersOf(
  store: Store,
  pool: string,
  filter: Omit<ProfileFilter, 'pool'> = {},
): AsyncGenerator<readonly Profile[]> {
  let cursor: string | undefined;
  do {
    const page = await store.listProfiles({ ...filter, pool }, { cursor, limit: pageSize });
    yield page.items;
    await setImmediate();
    cursor = page.next;
  } while (cursor !== undefined);
}

const beforeDownload: ReadonlySet<ProfileState> = new Set<ProfileState>([
  'Available',
  'Allocated',
  'Linked',
  'Confirmed',
  'Released',
]);

/** Whether nothing of the profile has left the server: it can go without a device missing it. */
export const isWithdrawable = ({ state }: Profile): boolean => beforeDownload.has(state);
