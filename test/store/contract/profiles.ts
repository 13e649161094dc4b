import { describe, expect, it } from 'vitest';
import { DuplicateError, type NewProfile } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, iccid, made, otherEid, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

export function profileSuite(open: OpenStore): void {
  describe('keeps profiles', () => {
    const store = freshStore(open);

    it('gives what was not said of a new profile its default', async () => {
      const profile = await made(store(), released(1));
      expect(profile).toEqual({
        id: profile.id,
        namespace: '',
        version: 1,
        iccid: iccid(1),
        sharedIccid: false,
        profileType: 'generic',
        state: 'Released',
        operator: null,
        eid: null,
        matchingId: null,
        confirmationCodeHash: null,
        confirmationCodeAttemptsLeft: 5,
        downloadAttemptsLeft: null,
        validUntil: null,
        smdsAddress: null,
        reuse: 'once',
        label: null,
        pool: null,
        imei: null,
        metadata: null,
        personal: null,
        errorStatus: null,
        installedState: null,
        installedSeqNumber: null,
        boundTransactionId: null,
        createdAt: 1001,
        updatedAt: 1001,
      });
      expect(await store().profile(profile.id)).toEqual(profile);
    });

    it('gives back every member as it was made', async () => {
      const complete: Required<Omit<NewProfile, 'imsiClaim'>> = {
        ...released(1),
        namespace: 'worker-3',
        sharedIccid: true,
        operator: '1.3.6.1.4.1.99999',
        eid,
        matchingId: '0A1B2-3C4D5-6E7F8-90ABC',
        confirmationCodeHash: Buffer.alloc(32, 0xab),
        confirmationCodeAttemptsLeft: 3,
        downloadAttemptsLeft: 0,
        validUntil: Date.UTC(2100, 0),
        smdsAddress: 'ds.example.com',
        reuse: 'per-device',
        label: 'Zürich 🗻',
        pool: 'north',
        imei: '490154203237518',
        metadata: '{"a":1}',
        personal: '{"imsi":"1"}',
        errorStatus: '8.8.5/6.4',
        installedState: 'disabled',
        installedSeqNumber: 7,
        boundTransactionId: Buffer.alloc(16, 1),
      };
      const profile = await made(store(), complete);
      expect(profile).toMatchObject(complete);
      expect(await store().profile(profile.id)).toEqual(profile);
    });

    it('answers in the order of the request, with profiles that differ in what was given', async () => {
      const profiles = await store().createProfiles([
        released(1, { label: 'a' }),
        released(2, { reuse: 'unlimited' }),
        released(3),
      ]);
      expect(profiles.map((profile) => profile.iccid)).toEqual([iccid(1), iccid(2), iccid(3)]);
      for (const profile of profiles) expect(await store().profile(profile.id)).toEqual(profile);
    });

    it('makes nothing of an empty list', async () => {
      expect(await store().createProfiles([])).toEqual([]);
    });

    it('knows no profile under an id, ICCID, MatchingID or EID that is not there', async () => {
      await made(store());
      expect(await store().profile(4711)).toBeUndefined();
      expect(await store().profilesByIccid(iccid(2))).toEqual([]);
      expect(await store().profileByMatchingId('NONE')).toBeUndefined();
      expect(await store().profilesForEid(eid)).toEqual([]);
    });

    it('refuses a second profile with an ICCID, and makes none of its companions', async () => {
      await made(store(), released(1));
      const companions = store().createProfiles([released(2), released(1), released(3)]);
      await expect(companions).rejects.toEqual(new DuplicateError('iccid', iccid(1)));
      expect(await store().profilesByIccid(iccid(2))).toEqual([]);
      expect((await store().countProfiles()).Released).toBe(1);
    });

    it('refuses an ICCID that comes twice in one call', async () => {
      const twice = store().createProfiles([released(1), released(1)]);
      await expect(twice).rejects.toEqual(new DuplicateError('iccid', iccid(1)));
      expect(await store().profilesByIccid(iccid(1))).toEqual([]);
    });

    it('lets shared ICCIDs repeat, the newest first', async () => {
      const first = await made(store(), released(1, { sharedIccid: true }));
      const second = await made(store(), released(1, { sharedIccid: true }));
      const own = await made(store(), released(1));
      expect(await store().profilesByIccid(iccid(1))).toEqual([own, second, first]);
    });

    it('refuses a second profile with a MatchingID, but not with an empty one or none', async () => {
      const first = await made(store(), released(1, { matchingId: 'A-1' }));
      const second = store().createProfiles([released(2, { matchingId: 'A-1' })]);
      await expect(second).rejects.toEqual(new DuplicateError('matchingId', 'A-1'));
      const more = [3, 4].map((number) => released(number, { matchingId: '', eid }));
      expect(await store().createProfiles([...more, released(5), released(6)])).toHaveLength(4);
      expect(await store().profileByMatchingId('A-1')).toEqual(first);
    });

    it('does not find profiles with an empty MatchingID by MatchingID', async () => {
      await made(store(), released(1, { matchingId: '', eid }));
      expect(await store().profileByMatchingId('')).toBeUndefined();
    });

    it('tells MatchingIDs apart by case and finds nothing by their pattern', async () => {
      await made(store(), released(1, { matchingId: 'A-1' }));
      expect(await store().profileByMatchingId('a-1')).toBeUndefined();
      expect(await store().profileByMatchingId('A-%')).toBeUndefined();
    });

    it('finds profiles by the IMSI of their subscriber, the oldest first', async () => {
      const personal = (imsi: string, spn = 'Lab') => JSON.stringify({ spn, imsi });
      const [first, second, other] = await store().createProfiles([
        released(1, { personal: personal('001010000000001') }),
        released(2, { personal: personal('001010000000002', 'with "imsi":"001010000000003"') }),
        released(3, { personal: personal('001010000000001') }),
        released(4, { personal: '{"spn":"Lab"}' }),
        released(5),
      ]);
      expect(await store().profilesByImsi(['001010000000001', '001010000000009'])).toEqual([first, other]);
      expect(await store().profilesByImsi(['001010000000002', '001010000000003'])).toEqual([second]);
      expect(await store().profilesByImsi([])).toEqual([]);
    });

    it('finds for an EID the profiles with an empty MatchingID only, the oldest first', async () => {
      const [first, , , , last] = await store().createProfiles([
        released(1, { matchingId: '', eid }),
        released(2, { matchingId: 'A-1', eid }),
        released(3, { eid }),
        released(4, { matchingId: '', eid: otherEid }),
        released(5, { matchingId: '', eid }),
      ]);
      expect(await store().profilesForEid(eid)).toEqual([first, last]);
    });

    it('finds stock by profile type and operator', async () => {
      const [own, theirs, other] = await store().createProfiles([
        released(1, { state: 'Available' }),
        released(2, { state: 'Available', operator: '1.2.3' }),
        released(3, { state: 'Available', profileType: 'other' }),
        released(4, { profileType: 'sold' }),
      ]);
      expect(await store().availableProfile('generic', null)).toEqual(own);
      expect(await store().availableProfile('generic', '1.2.3')).toEqual(theirs);
      expect(await store().availableProfile('other', null)).toEqual(other);
      expect(await store().availableProfile('other', '1.2.3')).toBeUndefined();
      expect(await store().availableProfile('sold', null)).toBeUndefined();
    });

    it('does not find stock that has been taken', async () => {
      const profile = await made(store(), released(1, { state: 'Available' }));
      await store().commit([update(profile, { state: 'Allocated' })]);
      expect(await store().availableProfile('generic', null)).toBeUndefined();
    });

    it('counts profiles by state, through creation and change', async () => {
      const [first, second] = await store().createProfiles([
        released(1),
        released(2),
        released(3),
        released(4, { state: 'Available', profileType: 'other' }),
      ]);
      if (!first || !second) throw new Error('not made');
      await store().commit([
        update(first, { state: 'Downloaded' }),
        update(second, { profileType: 'other' }),
      ]);
      await store().commit([update(first, { state: 'Error' })]);
      expect(await store().countProfiles()).toEqual({
        Available: 1,
        Allocated: 0,
        Linked: 0,
        Confirmed: 0,
        Released: 2,
        Downloaded: 1,
        Installed: 0,
        Error: 0,
        Unavailable: 0,
      });
    });
  });
}
