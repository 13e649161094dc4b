import { setImmediate } from 'node:timers/promises';
import type { Page } from './page.js';
import type { Profile } from './records.js';
import type { ProfileFilter, Store } from './store.js';

const pageSize = 500;

/**
 * Yields the profiles that the filter selects, oldest first, in pages. A long list then fits into memory, and other work can run between
 * two pages. The list is not a snapshot: profiles that change while the list is read may be missing.
 */
export async function* profilePages(
  store: Pick<Store, 'listProfiles'>,
  filter: ProfileFilter = {},
): AsyncGenerator<readonly Profile[]> {
  let cursor: string | undefined;
  do {
    const page: Page<Profile> = await store.listProfiles(filter, { cursor, limit: pageSize });
    yield page.items;
    await setImmediate();
    cursor = page.next;
  } while (cursor !== undefined);
}
