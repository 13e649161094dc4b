import { Refusal } from '../../wire/rsp/index.js';
import { noNamespace } from '../../base/namespace.js';
import type { Profile, Store } from '../../store/index.js';

/** Whether the profile is the requester's, or nobody's, which is anybody's. */
const isOpenTo = ({ operator }: Profile, requester: string): boolean =>
  operator === null || operator === requester;

/**
 * The profile that a caller names by its ICCID.
 *
 * @param isMeant tells which one, where several share the ICCID
 * @throws Refusal 8.2.1/3.9 no such profile, 8.2.1/1.2 another operator's
 */
export async function ownProfile(
  store: Store,
  iccid: string,
  requester: string,
  isMeant: (profile: Profile) => boolean,
): Promise<Profile> {
  const named = meant(await store.profilesByIccid(iccid));
  if (named.length === 0) throw new Refusal('8.2.1/3.9', 'ICCID is not known');
  const own = named.filter((profile) => isOpenTo(profile, requester));
  const profile = own.find(isMeant) ?? own[0];
  if (!profile) throw new Refusal('8.2.1/1.2', 'profile belongs to another operator');
  return profile;
}

/** Profiles in namespaces are left to those who work there, unless there is no other. */
function meant(profiles: readonly Profile[]): readonly Profile[] {
  const outside = profiles.filter(({ namespace }) => namespace === noNamespace);
  return outside.length > 0 ? outside : profiles;
}
