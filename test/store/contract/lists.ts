import { describe, expect, it } from 'vitest';
import type { Profile, ProfileFilter, Store } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, iccid, otherEid, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const mixed = [
  released(1, { eid, matchingId: '', pool: 'north', label: 'a' }),
  released(2, { eid: otherEid, matchingId: 'M-2', pool: 'north', operator: '1.2.3' }),
  released(3, { state: 'Available', profileType: 'other' }),
  released(4, { state: 'Installed', eid, matchingId: 'M-4', pool: 'south', label: 'a' }),
  released(5, { state: 'Installed', pool: 'north' }),
  released(6, { state: 'Error', matchingId: '' }),
];

const filters: readonly [wanted: ProfileFilter, numbers: number[]][] = [
  [{}, [1, 2, 3, 4, 5, 6]],
  [{ state: 'Released' }, [1, 2]],
  [{ state: 'Installed' }, [4, 5]],
  [{ state: ['Installed'] }, [4, 5]],
  [{ state: ['Error', 'Released', 'Available'] }, [1, 2, 3, 6]],
  [{ state: [] }, []],
  [{ iccid: iccid(3) }, [3]],
  [{ eid }, [1, 4]],
  [{ matchingId: 'M-2' }, [2]],
  [{ matchingId: '' }, [1, 6]],
  [{ matchingId: '', eid }, [1]],
  [{ pool: 'north' }, [1, 2, 5]],
  [{ profileType: 'other' }, [3]],
  [{ operator: '1.2.3' }, [2]],
  [{ label: 'a' }, [1, 4]],
  [{ pool: 'north', state: 'Installed' }, [5]],
  [{ eid, pool: 'south', label: 'a', state: ['Installed', 'Error'] }, [4]],
  [{ eid, pool: 'nowhere' }, []],
  [{ label: undefined, eid: undefined }, [1, 2, 3, 4, 5, 6]],
];

async function pages(store: Store, filter: ProfileFilter, limit: number): Promise<Profile[][]> {
  const found: Profile[][] = [];
  let cursor: string | undefined;
  do {
    const page = await store.listProfiles(filter, { cursor, limit });
    found.push([...page.items]);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

export function listSuite(open: OpenStore): void {
  describe('lists profiles', () => {
    const store = freshStore(open);

    it.each(filters)('filtered by %j', async (filter, numbers) => {
      await store().createProfiles(mixed);
      const wanted = numbers.map(iccid);
      for (const limit of [1, 2, 1000]) {
        const found = (await pages(store(), filter, limit)).flat();
        expect(found.map((profile) => profile.iccid)).toEqual(wanted);
      }
    });

    it('gives whole profiles', async () => {
      const profiles = await store().createProfiles(mixed);
      expect((await store().listProfiles({}, { limit: 1000 })).items).toEqual(profiles);
    });

    it('names a next page only where there is one', async () => {
      await store().createProfiles(mixed);
      expect((await pages(store(), {}, 3)).map((page) => page.length)).toEqual([3, 3]);
      expect((await pages(store(), {}, 4)).map((page) => page.length)).toEqual([4, 2]);
      expect(await store().listProfiles({ eid }, { limit: 2 })).not.toHaveProperty('next');
    });

    it('finds profiles that lie far apart', async () => {
      const label = 'needle';
      const needles = new Set([1, 20_000, 20_001, 41_000]);
      const numbers = Array.from({ length: 41_000 }, (_, index) => index + 1);
      await store().createProfiles(
        numbers.map((number) => released(number, needles.has(number) ? { label } : {})),
      );
      for (const limit of [1, 3, 10]) {
        const found = (await pages(store(), { label }, limit)).flat();
        expect(found.map((profile) => profile.iccid)).toEqual([...needles].map(iccid));
      }
    });

    it.each([
      ['a part of the ICCID', '000', [1, 2, 3, 4, 5, 6]],
      ['the end of an ICCID', iccid(3).slice(-3), [3]],
      ['a part of the EID', eid.slice(5), [1, 4]],
      ['the MatchingID in other case', 'need', [2]],
      ['the label in other case', 'A', [1, 2, 4]],
      ['what no profile has', '%_', []],
    ])('finds %s', async (_, search, expected) => {
      const named = mixed.map((profile, index) =>
        index === 1 ? { ...profile, matchingId: 'NEEDLE-A' } : profile,
      );
      await store().createProfiles(named);
      const found = (await pages(store(), { search }, 2)).flat();
      expect(found.map((profile) => profile.iccid)).toEqual(expected.map(iccid));
    });

    it('lists the newest first, also across the slices in which it reads', async () => {
      const numbers = Array.from({ length: 41_000 }, (_, index) => index + 1);
      await store().createProfiles(
        numbers.map((number) => released(number, { label: number % 10_000 === 1 ? 'n' : null })),
      );
      const read = async (filter: ProfileFilter, limit: number, most: number) => {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store().listProfiles(filter, { cursor, limit, newestFirst: true });
          found.push(...page.items.map((profile) => profile.iccid));
          cursor = page.next;
        } while (cursor !== undefined && found.length < most);
        return found;
      };
      expect(await read({}, 3, 6)).toEqual([41_000, 40_999, 40_998, 40_997, 40_996, 40_995].map(iccid));
      for (const limit of [1, 2, 10])
        expect(await read({ label: 'n' }, limit, 100)).toEqual(
          [40_001, 30_001, 20_001, 10_001, 1].map(iccid),
        );
    });

    it('neither repeats nor misses a profile when others come or go between two pages', async () => {
      const [first] = await store().createProfiles(mixed);
      if (!first) throw new Error('not made');
      const page = await store().listProfiles({ pool: 'north' }, { limit: 1 });
      await store().commit([update(first, { pool: null })]);
      await store().createProfiles([released(7, { pool: 'north' })]);
      const rest = await store().listProfiles({ pool: 'north' }, { cursor: page.next, limit: 10 });
      expect(rest.items.map((profile) => profile.iccid)).toEqual([iccid(2), iccid(5), iccid(7)]);
    });

    it.each(['', 'x', '-1', '1.5', '1e3', ' 1', '0', '99999999999999999999', "1' OR 1=1"])(
      'refuses the cursor %j',
      async (cursor) => {
        await expect(store().listProfiles({}, { cursor, limit: 10 })).rejects.toThrow(RangeError);
      },
    );

    it.each([0, -1, 1.5, 1001, NaN])('refuses the limit %d', async (limit) => {
      await expect(store().listProfiles({}, { limit })).rejects.toThrow(RangeError);
    });

    it('refuses to filter by what no profile has', async () => {
      const filter = { 'id = 1 OR 1': '1' } as ProfileFilter;
      await expect(store().listProfiles(filter, { limit: 10 })).rejects.toThrow(TypeError);
    });
  });
}
