import { Refusal } from '../../wire/rsp/index.js';
import { noNamespace } from '../../base/namespace.js';
import type { Profile, Store } from '../../store/index.js';

/** Whether the operator may use the profile. The profile must belong to this operator or to no operator. */
const isOpenTo = ({ operator }: Profile, requester: string): boolean =>
  operator === null || operator === requester;

/**
 * Finds the profile that an operator names by its ICCID.
 *
 * @param isPreferred chooses among several profiles with this ICCID
 * @throws Refusal 8.2.1/3.9 if no profile has the ICCID; 8.2.1/1.2 if the profile belongs to another operator
 */
export async function ownProfile(
  store: Store,
  iccid: string,
  requester: string,
  isPreferred: (profile: Profile) => boolean,
): Promise<Profile> {
  const named = preferOutsideNamespaces(await store.profilesByIccid(iccid));
  if (named.length === 0) throw new Refusal('8.2.1/3.9', 'ICCID is not known');
  const own = named.filter((profile) => isOpenTo(profile, requester));
  const profile = own.find(isPreferred) ?? own[0];
  if (!profile) throw new Refusal('8.2.1/1.2', 'profile belongs to another operator');
  return profile;
}

/** Keeps only the profiles outside namespaces. If all profiles are in namespaces, keeps all. */
function preferOutsideNamespaces(profiles: readonly Profile[]): readonly Profile[] {
  const outside = profiles.filter(({ namespace }) => namespace === noNamespace);
  return outside.length > 0 ? outside : profiles;
}
