import { editDistance } from '../../base/did-you-mean.js';
import { inTurns } from '../../base/turns.js';
import type { Profile, Store } from '../../store/index.js';

/**
 * Maximum number of profiles for a full search, which compares the unknown MatchingID with that of every profile. With more profiles, the
 * search looks up the MatchingIDs that differ from the unknown MatchingID in one character.
 */
const fewEnough = 1000;

/** A MatchingID with at most this number of wrong characters counts as similar. */
const tolerance = (matchingId: string): number => Math.max(2, Math.floor(matchingId.length / 4));

/** Finds orders whose MatchingIDs resemble an unknown one, the most similar first. @param most maximum number of orders */
export async function nearMatchingIds(
  store: Store,
  matchingId: string,
  most: number,
): Promise<readonly Profile[]> {
  const wanted = matchingId.toUpperCase().slice(0, 64);
  const { items, next } = await store.listProfiles({}, { limit: fewEnough });
  const candidates = next === undefined ? items : await withOneSlip(store, wanted, most);
  const near: { profile: Profile; distance: number }[] = [];
  for await (const portion of inTurns(candidates, comparedInOneTurn))
    for (const profile of portion) {
      const distance = distanceOf(profile, wanted);
      if (distance <= tolerance(wanted)) near.push({ profile, distance });
    }
  return near
    .sort((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ profile }) => profile);
}

/** Number of comparisons before other work gets its turn. Comparing two long MatchingIDs takes about ten microseconds. */
const comparedInOneTurn = 200;

/** The number of wrong characters. Infinity if the lengths alone show that the MatchingIDs are not similar. */
function distanceOf({ matchingId }: Profile, wanted: string): number {
  if (!matchingId || Math.abs(matchingId.length - wanted.length) > tolerance(wanted)) return Infinity;
  return editDistance(wanted, matchingId.toUpperCase());
}

/** Looks up every MatchingID that differs in one missing, wrong or additional character. */
async function withOneSlip(store: Store, wanted: string, most: number): Promise<readonly Profile[]> {
  const found: Profile[] = [];
  for await (const portion of inTurns([...slips(wanted)], lookedUpInOneTurn))
    for (const candidate of portion) {
      const profile = await store.profileByMatchingId(candidate);
      if (profile) found.push(profile);
      if (found.length === most) return found;
    }
  return found;
}

/** Number of look-ups before other work gets its turn. A look-up takes about ten microseconds. */
const lookedUpInOneTurn = 200;

const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-'];

function* slips(wanted: string): Generator<string> {
  yield wanted;
  for (let at = 0; at <= wanted.length; at++) {
    const [before, after] = [wanted.slice(0, at), wanted.slice(at)];
    if (after !== '') yield before + after.slice(1);
    for (const character of alphabet) {
      if (after !== '') yield before + character + after.slice(1);
      yield before + character + after;
    }
  }
}
