import type { ListedCode } from './list/index.js';
import type { Profile, Store } from '../store/index.js';
import { CodesTakenError, type TakenCode } from './errors.js';

/** What the codes of a list are to the profiles that there are. */
export interface Placement {
  /** Codes for which there is no profile yet. */
  readonly fresh: readonly ListedCode[];
  /** Profiles that the list means, and that are in the pool. */
  readonly present: readonly Profile[];
  /** Profiles that the list means, and that are in no pool: a pool that is gone has left them behind. */
  readonly adopted: readonly Profile[];
  /** Profiles of the pool that the list does not have. */
  readonly missing: readonly Profile[];
}

/** @throws CodesTakenError where an ICCID or a MatchingID belongs to something else */
export async function placeCodes(
  store: Store,
  pool: string,
  codes: readonly ListedCode[],
  members: readonly Profile[],
): Promise<Placement> {
  const missing = new Map(members.map((profile) => [profile.id, profile]));
  const memberOf = new Map(members.map((profile) => [profile.iccid, profile]));
  const [fresh, present, adopted]: [ListedCode[], Profile[], Profile[]] = [[], [], []];
  const taken: TakenCode[] = [];
  for (const code of codes) {
    const same = memberOf.get(code.iccid) ?? (await store.profilesByIccid(code.iccid))[0];
    if (same?.matchingId === code.matchingId && (same.pool === pool || same.pool === null)) {
      missing.delete(same.id);
      (same.pool === pool ? present : adopted).push(same);
    } else if (same) {
      taken.push(iccidTaken(code, same));
    } else {
      const other = await store.profileByMatchingId(code.matchingId);
      if (other) taken.push(matchingIdTaken(code, other));
      else fresh.push(code);
    }
  }
  if (taken.length > 0) throw new CodesTakenError(taken);
  return { fresh, present, adopted, missing: [...missing.values()] };
}

function iccidTaken({ line, iccid, matchingId }: ListedCode, profile: Profile): TakenCode {
  const code = profile.matchingId === null ? 'without a code' : `under the code '${profile.matchingId}'`;
  const why =
    profile.matchingId === matchingId
      ? `the code is in the pool '${profile.pool}' already`
      : `there is a profile with this ICCID already, ${code}`;
  return {
    line,
    field: 'iccid',
    value: iccid,
    message: why,
    remedy: 'remove the row, or the profile that is there',
  };
}

const matchingIdTaken = ({ line, matchingId }: ListedCode, { iccid }: Profile): TakenCode => ({
  line,
  field: 'matchingId',
  value: matchingId,
  message: `the MatchingID is that of the profile ${iccid}`,
  remedy: 'compare the row with its source: a code is for one profile',
});

/** The code that was taken by somebody else while the list was being imported. */
export const takenMeanwhile = (
  codes: readonly ListedCode[],
  field: TakenCode['field'],
  value: string,
): CodesTakenError =>
  new CodesTakenError([
    {
      line: lineOf(codes, field, value),
      ...{ field, value },
      message: 'an import that is still under way has it',
      remedy: 'try again when that import is done, or given up',
    },
  ]);

/** The code whose MatchingID is that of a profile in another namespace. */
export const takenElsewhere = (codes: readonly ListedCode[], value: string): CodesTakenError =>
  new CodesTakenError([
    {
      line: lineOf(codes, 'matchingId', value),
      ...{ field: 'matchingId', value },
      message: 'it is in use in another namespace, and MatchingIDs are unique over the whole server',
      remedy: 'give another',
    },
  ]);

const lineOf = (codes: readonly ListedCode[], field: TakenCode['field'], value: string): number =>
  codes.find((code) => code[field] === value)?.line ?? 0;
