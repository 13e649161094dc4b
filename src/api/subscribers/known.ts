import { ProfileDataError, type NetworkSubscriber } from '../../profiles/index.js';
import { ProfileTypeError } from '../../orders/index.js';
import { profilePages, type Profile, type ProfileFilter } from '../../store/index.js';
import type { Scope } from '../scope.js';

export interface KnownSubscriber {
  readonly profile: Profile;
  readonly network: NetworkSubscriber;
}

export interface Known {
  readonly subscribers: readonly KnownSubscriber[];
  /** ICCIDs of profiles whose keys are only in their uploaded package. */
  readonly leftOut: readonly string[];
}

/** All profiles that the filter selects, with the data that a core network needs. */
export async function knownSubscribers(
  { store, profileTypes }: Scope,
  filter: ProfileFilter,
): Promise<Known> {
  const subscribers: KnownSubscriber[] = [];
  const leftOut: string[] = [];
  for await (const profiles of profilePages(store, filter))
    for (const profile of profiles) {
      try {
        const type = await profileTypes.get(profile.profileType);
        subscribers.push({ profile, network: type.network(profile) });
      } catch (error) {
        if (!(error instanceof ProfileDataError || error instanceof ProfileTypeError)) throw error;
        leftOut.push(profile.iccid);
      }
    }
  return { subscribers, leftOut };
}
