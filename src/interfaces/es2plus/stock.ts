import { Refusal } from '../../wire/rsp/index.js';
import type { Profile } from '../../store/index.js';
import { prepareProfile, ProfileTypeError, type PreparedType } from '../../orders/index.js';
import type { Es2PlusContext } from './context.js';

/** Whether an operator may order profiles of the type. */
export const mayOrder = ({ compiled }: PreparedType, requester: string): boolean =>
  compiled.definition.operators?.includes(requester) ?? true;

/**
 * Finds the profile type that an operator names.
 *
 * @throws Refusal 8.2.5/3.9 if the type is unknown; 8.2.5/3.7 if it cannot be used; 8.2.5/1.2 if it is reserved for other operators
 */
export async function typeFor(
  { profileTypes }: Es2PlusContext,
  name: string,
  requester: string,
): Promise<PreparedType> {
  const type = await profileTypes.get(name).catch((error: unknown) => {
    if (!(error instanceof ProfileTypeError)) throw error;
    if (error.problem === 'unknown') throw new Refusal('8.2.5/3.9', 'profile type is not known');
    throw new Refusal('8.2.5/3.7', 'profile type cannot be used');
  });
  if (!mayOrder(type, requester))
    throw new Refusal('8.2.5/1.2', 'profile type is reserved for other operators');
  return type;
}

/**
 * Finds an Available profile of the type. Prefers a profile of this operator to a profile without an operator. If there
 * is neither, prepares a new profile. If the type's package is sent unchanged, prepares none, because each new profile
 * would have the package's ICCID.
 *
 * @throws Refusal 8.2.5/3.7 if no profile is available
 */
export async function fromStock(
  context: Es2PlusContext,
  type: PreparedType,
  requester: string,
): Promise<Profile> {
  const { store } = context;
  const { name } = type;
  const available =
    (await store.availableProfile(name, requester)) ?? (await store.availableProfile(name, null));
  if (available) return available;
  if (type.sharesIccid) throw new Refusal('8.2.5/3.7', 'no profile of this type is left');
  const made = await prepareProfile(context, { profileType: name, state: 'Available', operator: requester });
  return made.profile;
}
