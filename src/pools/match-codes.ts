import type { ListedCode } from './list/index.js';
import type { Profile, Store } from '../store/index.js';
import { CodesTakenError, type TakenCode } from './errors.js';
import { otherSubscriber, takenImsis } from './listed-subscribers.js';

/** The codes of a list, compared with the existing profiles. */
export interface MatchedCodes {
  /** Codes without a profile. */
  readonly fresh: readonly ListedCode[];
  /** Profiles that are already in the pool, and whose codes are in the list. */
  readonly present: readonly Profile[];
  /** Profiles whose codes are in the list, but which are in no pool because their pool was removed. */
  readonly adopted: readonly Profile[];
  /** Profiles of the pool that are not in the list. */
  readonly missing: readonly Profile[];
}

/** @throws CodesTakenError if an ICCID or a MatchingID belongs to another profile */
export async function matchCodes(
  store: Store,
  pool: string,
  codes: readonly ListedCode[],
  members: readonly Profile[],
): Promise<MatchedCodes> {
  const missing = new Map(members.map((profile) => [profile.id, profile]));
  const memberOf = new Map(members.map((profile) => [profile.iccid, profile]));
  const [fresh, present, adopted]: [ListedCode[], Profile[], Profile[]] = [[], [], []];
  const taken: TakenCode[] = [];
  for (const code of codes) {
    const found = memberOf.get(code.iccid) ?? (await store.profilesByIccid(code.iccid))[0];
    const other = found ? undefined : await store.profileByMatchingId(code.matchingId);
    // Another import may have created the profile between the two look-ups.
    const same = found ?? (other?.iccid === code.iccid ? other : undefined);
    if (same?.matchingId === code.matchingId && (same.pool === pool || same.pool === null)) {
      missing.delete(same.id);
      const other = otherSubscriber(code, same);
      if (other) taken.push(other);
      (same.pool === pool ? present : adopted).push(same);
    } else if (same) {
      taken.push(iccidTaken(code, same));
    } else if (other) {
      taken.push(matchingIdTaken(code, other));
    } else {
      fresh.push(code);
    }
  }
  taken.push(...(await takenImsis(store, fresh)));
  if (taken.length > 0) throw new CodesTakenError(taken);
  return { fresh, present, adopted, missing: [...missing.values()] };
}

function iccidTaken({ line, iccid, matchingId }: ListedCode, profile: Profile): TakenCode {
  const code = profile.matchingId === null ? 'without a code' : `under the code '${profile.matchingId}'`;
  const why =
    profile.matchingId === matchingId
      ? `the code is already in the pool '${profile.pool}'`
      : `there is already a profile with this ICCID, ${code}`;
  return {
    line,
    field: 'iccid',
    value: iccid,
    message: why,
    remedy: 'remove the row or the existing profile',
  };
}

const matchingIdTaken = ({ line, matchingId }: ListedCode, { iccid }: Profile): TakenCode => ({
  line,
  field: 'matchingId',
  value: matchingId,
  message: `the MatchingID belongs to the profile ${iccid}`,
  remedy: 'compare the row with its source: each code is for one profile',
});

/** Reports a code that another import took while the list was being imported. */
export const takenMeanwhile = (
  codes: readonly ListedCode[],
  field: TakenCode['field'],
  value: string,
): CodesTakenError =>
  new CodesTakenError([
    {
      line: lineOf(codes, field, value),
      ...{ field, value },
      message: `another import, which is still running, uses '${value}'`,
      remedy: 'try again when that import has ended',
    },
  ]);

/** Reports a MatchingID that belongs to a profile in another namespace. */
export const takenElsewhere = (codes: readonly ListedCode[], value: string): CodesTakenError =>
  new CodesTakenError([
    {
      line: lineOf(codes, 'matchingId', value),
      ...{ field: 'matchingId', value },
      message: 'the MatchingID is in use in another namespace, and must be unique on the whole server',
      remedy: 'give another value',
    },
  ]);

const lineOf = (codes: readonly ListedCode[], field: TakenCode['field'], value: string): number =>
  codes.find((code) => (field === 'imsi' ? code.subscriber?.imsi : code[field]) === value)?.line ?? 0;
