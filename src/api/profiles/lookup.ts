import Type, { type Static } from 'typebox';
import { canonicalIccid, isHexIccid } from '../../wire/rsp/index.js';
import { ofNoNamespaceFirst, type Profile, type Store } from '../../store/index.js';
import { fieldProblem, Problem } from '../http/problem.js';

/** Path parameters of calls about one profile. */
export const ProfilePath = Type.Object({
  iccid: Type.String({
    description: 'the ICCID, with or without a trailing F, or the id of the profile, written id:17',
  }),
});
export type ProfilePath = Static<typeof ProfilePath>;

/** Query of calls about one profile. */
export const ProfileChoice = Type.Object(
  {
    matchingId: Type.Optional(
      Type.String({ description: 'the MatchingID of the profile, if several profiles have the ICCID' }),
    ),
  },
  { additionalProperties: false },
);
export type ProfileChoice = Static<typeof ProfileChoice>;

/** A profile, and the number of profiles with its ICCID. */
export interface FoundProfile {
  readonly profile: Profile;
  readonly sharedBy: number;
}

/**
 * Finds the profile that path and query name. If several profiles have the ICCID, a profile outside namespaces takes
 * precedence, then the newest profile.
 *
 * @throws Problem 400 for an invalid ICCID, 404 for an unknown profile
 */
export async function findProfile(
  store: Store,
  { iccid: named }: ProfilePath,
  { matchingId }: ProfileChoice = {},
): Promise<FoundProfile> {
  const id = /^id:([1-9][0-9]{0,14})$/.exec(named)?.[1];
  const byId = id === undefined ? undefined : await store.profile(Number(id));
  const iccid = byId?.iccid ?? canonicalIccid(named);
  const all = id !== undefined && !byId ? [] : ofNoNamespaceFirst(await store.profilesByIccid(iccid));
  if (id === undefined && all.length === 0 && !isHexIccid(iccid))
    throw fieldProblem(
      'iccid',
      `'${named}' is not an ICCID`,
      'give 18 to 20 digits, or the id of a profile, written id:17',
    );
  const profile = (byId ? [byId] : all).find(
    (candidate) => matchingId === undefined || candidate.matchingId === matchingId,
  );
  if (!profile)
    throw new Problem(
      404,
      `there is no profile ${named}${matchingId === undefined ? '' : ` with the MatchingID '${matchingId}'`}`,
    );
  return { profile, sharedBy: all.length };
}

/** The path of this profile. If other profiles have the same ICCID, the path has the id instead. */
export const locationOf = ({ id, iccid, sharedIccid }: Profile): string =>
  `/api/v1/profiles/${sharedIccid ? `id:${id}` : iccid}`;
