import Type, { type Static } from 'typebox';
import { canonicalIccid } from '../../wire/rsp/index.js';
import { profileStates, type ProfileFilter } from '../../store/index.js';

const filter = (description: string) => Type.Optional(Type.String({ description }));

/** Query members that select profiles. A profile must match all given members. */
export const ProfileQuery = {
  state: Type.Optional(
    Type.Array(Type.Enum([...profileStates], { description: `one of ${profileStates.join(', ')}` }), {
      description: 'a state; give several to select profiles in any of them',
    }),
  ),
  iccid: filter('an ICCID'),
  eid: filter('an EID'),
  matchingId: filter('a MatchingID'),
  pool: filter('the name of a pool'),
  label: filter('a label'),
  profileType: filter('the name of a profile type'),
  operator: filter('the functionRequesterIdentifier of an operator'),
};

export const profileFilter = ({
  iccid,
  ...rest
}: Static<Type.TObject<typeof ProfileQuery>>): ProfileFilter => ({
  ...rest,
  ...(iccid !== undefined && { iccid: canonicalIccid(iccid) }),
});
