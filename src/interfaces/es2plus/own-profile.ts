import { Refusal } from '../../wire/rsp/index.js';
import { noNamespace } from '../../base/namespace.js';
import type { Profile, Store } from '../../store/index.js';

/** Whether the operator may use the profile: its own, or one that belongs to no operator. */
const isOpenTo = ({ operator }: Profile, requester: string): boolean =>
  operator === null || operator === requester;

/**
 * Finds the profile that an operator names by its ICCID.
 *
 * @param isMeant chooses among several profiles with this ICCID
 * @throws Refusal 8.2.1/3.9 no such profile, 8.2.1/1.2 it belongs to another operator
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

/** Profiles outside namespaces; profiles in namespaces only if there are no others. */
function meant(profiles: readonly Profile[]): readonly Profile[] {
  const outside = profiles.filter(({ namespace }) => namespace === noNamespace);
  return outside.length > 0 ? outside : profiles;
}
