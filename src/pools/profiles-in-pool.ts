import { setImmediate } from 'node:timers/promises';
import type { Profile, ProfileFilter, ProfileState, Store } from '../store/index.js';

const pageSize = 500;

/**
 * Yields the profiles of a pool, in order of creation. Yields them in pages, so that a large pool fits into memory, and other work can
 * run between two pages.
 */
export async function* profilesInPool(
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

/** Whether the server has never delivered the profile, so that its removal affects no device. */
export const isWithdrawable = ({ state }: Profile): boolean => beforeDownload.has(state);
