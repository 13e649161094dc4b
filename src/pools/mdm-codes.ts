import { isMdmMatchingId } from '../wire/rsp/index.js';
import { profilePages, type Profile, type ProfileFilter, type Store } from '../store/index.js';

/** Reasons why an MDM system cannot use a code. The system must be able to assign each code to any device. */
export const reasonsLeftOut = {
  state: 'not Released',
  eid: 'linked to an EID',
  confirmationCode: 'requires a confirmation code',
  matchingId: 'has a MatchingID that Windows does not accept',
  iccid: 'shares its ICCID with other profiles',
  expired: 'expired',
  downloadAttempts: 'no download attempts left',
} as const;
export type ReasonLeftOut = keyof typeof reasonsLeftOut;

/** Why an MDM system cannot use the profile's code. `undefined` if it can use the code. @param now milliseconds since 1970 */
export function reasonLeftOut(profile: Profile, now: number): ReasonLeftOut | undefined {
  if (profile.state !== 'Released') return 'state';
  if (profile.eid !== null) return 'eid';
  if (profile.confirmationCodeHash !== null) return 'confirmationCode';
  if (profile.matchingId === null || !isMdmMatchingId(profile.matchingId)) return 'matchingId';
  if (profile.sharedIccid) return 'iccid';
  if (profile.validUntil !== null && profile.validUntil <= now) return 'expired';
  if (profile.downloadAttemptsLeft === 0) return 'downloadAttempts';
  return undefined;
}

/** The codes of a pool that an MDM system can use, and the number of other codes by reason. */
export interface MdmCodes {
  readonly codes: readonly { readonly iccid: string; readonly matchingId: string }[];
  readonly leftOut: Readonly<Partial<Record<ReasonLeftOut, number>>>;
  /** The profile types of the codes. They should all be the same, because a list is for one plan. */
  readonly profileTypes: readonly string[];
  /** The operators that own the codes. Null stands for codes without an operator. */
  readonly operators: readonly (string | null)[];
}

export async function collectMdmCodes(
  store: Store,
  pool: string,
  now: number,
  filter: Omit<ProfileFilter, 'pool'> = {},
): Promise<MdmCodes> {
  const codes: MdmCodes['codes'][number][] = [];
  const leftOut: Partial<Record<ReasonLeftOut, number>> = {};
  const profileTypes = new Set<string>();
  const operators = new Set<string | null>();
  for await (const profiles of profilePages(store, { ...filter, pool })) {
    for (const profile of profiles) {
      const reason = reasonLeftOut(profile, now);
      if (reason) {
        leftOut[reason] = (leftOut[reason] ?? 0) + 1;
        continue;
      }
      codes.push({ iccid: profile.iccid, matchingId: profile.matchingId! });
      profileTypes.add(profile.profileType);
      operators.add(profile.operator);
    }
  }
  return { codes, leftOut, profileTypes: [...profileTypes], operators: [...operators] };
}
