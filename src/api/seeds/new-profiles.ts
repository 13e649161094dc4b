import type { Profile, Store } from '../../store/index.js';

/** @returns a function that tells whether a profile was made after this call */
export async function newProfiles(
  store: Pick<Store, 'listProfiles'>,
): Promise<(profile: Pick<Profile, 'id'>) => boolean> {
  const { items } = await store.listProfiles({}, { limit: 1, newestFirst: true });
  const last = items[0]?.id ?? 0;
  return ({ id }) => id > last;
}
