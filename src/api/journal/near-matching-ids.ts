import { editDistance } from '../../base/did-you-mean.js';
import { inTurns } from '../../base/turns.js';
import type { Profile, Store } from '../../store/index.js';

/** Orders that are compared one by one; where there are more, only the slips below are looked up. */
const fewEnough = 1000;

/** How many characters may be wrong. */
const tolerance = (matchingId: string): number => Math.max(2, Math.floor(matchingId.length / 4));

/** Orders whose MatchingIDs are like one that is not known, the most similar first. @param most how many at most */
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

/** Comparing two long MatchingIDs takes some ten microseconds. */
const comparedInOneTurn = 200;

/** Infinity also for one whose length alone tells that it is not near. */
function distanceOf({ matchingId }: Profile, wanted: string): number {
  if (!matchingId || Math.abs(matchingId.length - wanted.length) > tolerance(wanted)) return Infinity;
  return editDistance(wanted, matchingId.toUpperCase());
}

/** Where there are millions of orders, those are found that differ in one character, missing, wrong or too much. */
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

/** A look-up takes some ten microseconds. */
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
