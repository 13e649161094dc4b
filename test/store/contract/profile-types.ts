import { describe, expect, it } from 'vitest';
import type { OpenStore } from '../contract.js';
import { made, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const generic = { name: 'generic', definition: '{}', upp: null, updatedAt: 1 };
const uploaded = {
  name: 'TS.48 v5',
  definition: '{"personalise":"none"}',
  upp: Buffer.from([0xa0, 0]),
  updatedAt: 2,
};

export function profileTypeSuite(open: OpenStore): void {
  describe('keeps profile types and numbers', () => {
    const store = freshStore(open);

    it('gives them back, by name', async () => {
      await store().saveProfileType(generic);
      await store().saveProfileType(uploaded);
      expect(await store().profileType('TS.48 v5')).toEqual(uploaded);
      expect(await store().profileType('ts.48 v5')).toBeUndefined();
      expect(await store().profileTypes()).toEqual([uploaded, generic]);
    });

    it('replaces the one of the same name', async () => {
      await store().saveProfileType(uploaded);
      await store().saveProfileType({ ...generic, name: uploaded.name });
      expect(await store().profileTypes()).toEqual([{ ...generic, name: uploaded.name }]);
    });

    it('says whether there was one to delete', async () => {
      await store().saveProfileType(generic);
      expect(await store().deleteProfileType('generic')).toBe(true);
      expect(await store().deleteProfileType('generic')).toBe(false);
      expect(await store().profileTypes()).toEqual([]);
    });

    it('knows which are in use', async () => {
      expect(await store().profileTypeInUse('generic')).toBe(false);
      const profile = await made(store(), released(1));
      expect(await store().profileTypeInUse('generic')).toBe(true);
      await store().commit([update(profile, { profileType: 'other' })]);
      expect(await store().profileTypeInUse('generic')).toBe(false);
      expect(await store().profileTypeInUse('other')).toBe(true);
    });

    it('counts each name for itself, from 1', async () => {
      const numbers = [];
      for (const name of ['iccid', 'iccid', 'imsi', 'iccid']) numbers.push(await store().nextNumber(name));
      expect(numbers).toEqual([1, 2, 1, 3]);
    });

    it('never hands out a number twice', async () => {
      const numbers = await Promise.all(Array.from({ length: 100 }, () => store().nextNumber('n')));
      expect(new Set(numbers).size).toBe(100);
    });
  });
}
