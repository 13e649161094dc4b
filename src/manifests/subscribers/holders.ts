import { subscriberOf } from '../../orders/prepared-type.js';
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
      const imsi = subscriberOf(profile)?.imsi;
      if (imsi !== undefined) holders.set(imsi, profile);
    }
  return holders;
}

/** What to do about an IMSI that another profile has. */
export const imsiTaken = ({ iccid }: Pick<Profile, 'iccid'>) => ({
  message: `already belongs to the profile ${iccid}`,
  remedy: 'give another IMSI, or remove that profile',
});

/** What to do about an IMSI that another request took after the server had looked it up. */
export async function imsiTakenMeanwhile(store: Pick<Store, 'profilesByImsi'>, imsi: string) {
  const holder = (await holdersOfImsis(store, [imsi])).get(imsi);
  return holder ? imsiTaken(holder) : beingImported;
}

/** The problem if no visible profile has the IMSI: profiles of a running import are invisible. */
const beingImported = {
  message: 'belongs to another import, which is still running',
  remedy: 'give another IMSI, or try again when that import has ended',
};
