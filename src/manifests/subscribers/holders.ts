import type { Subscriber } from '../../profiles/index.js';
import type { Profile, Store } from '../../store/index.js';

/** Number of IMSIs per look-up. */
const imsisAtOnce = 500;

/** For each IMSI, the profile that has it. If several profiles have the IMSI, the newest of them. */
export async function holdersOfImsis(
  store: Pick<Store, 'profilesByImsi'>,
  imsis: readonly string[],
): Promise<ReadonlyMap<string, Profile>> {
  const holders = new Map<string, Profile>();
  for (let at = 0; at < imsis.length; at += imsisAtOnce)
    for (const profile of await store.profilesByImsi(imsis.slice(at, at + imsisAtOnce))) {
      const { imsi } = JSON.parse(profile.personal ?? '{}') as Subscriber;
      if (imsi !== undefined) holders.set(imsi, profile);
    }
  return holders;
}

/** What to do about an IMSI that another profile has. */
export const imsiTaken = ({ iccid }: Pick<Profile, 'iccid'>) => ({
  message: `already belongs to the profile ${iccid}`,
  remedy: 'give another IMSI, or remove that profile',
});
