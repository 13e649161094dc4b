import { describe, expect, it } from 'vitest';
import { DuplicateError, type Change, type ProfileChanges } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, entry, made, notification, released, session, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

export function commitSuite(open: OpenStore): void {
  describe('commits', () => {
    const store = freshStore(open);

    it('a change of a profile, which raises its version and touches nothing else', async () => {
      const profile = await made(store(), released(1, { eid, label: 'a' }));
      const other = await made(store(), released(2));
      const set = {
        state: 'Downloaded',
        boundTransactionId: Buffer.alloc(16, 1),
        label: null,
        updatedAt: 9,
      } as const;
      expect(await store().commit([update(profile, set)])).toBe(true);
      expect(await store().profile(profile.id)).toEqual({ ...profile, ...set, version: 2 });
      expect(await store().profile(other.id)).toEqual(other);
    });

    it('a change for a version only once', async () => {
      const profile = await made(store());
      expect(await store().commit([update(profile, { label: 'first' })])).toBe(true);
      expect(await store().commit([update(profile, { label: 'second' })])).toBe(false);
      expect((await store().profile(profile.id))?.label).toBe('first');
    });

    it('no change of a profile that is not there', async () => {
      expect(await store().commit([update({ id: 4711, version: 1 }, { label: 'a' }, entry)])).toBe(false);
    });

    it('nothing of a profile that is gone, whatever comes after its condition', async () => {
      const binding = {
        profileId: 4711,
        eid,
        euiccOtpk: Buffer.alloc(65),
        smdpOtsk: null,
        installedAt: null,
      };
      const changes: Change[] = [
        update({ id: 4711, version: 1 }, { state: 'Downloaded' }, entry),
        { kind: 'saveBinding', binding },
        { kind: 'createSession', session: session(1, { profileId: 4711 }) },
      ];
      expect(await store().commit(changes)).toBe(false);
      expect(await store().session(session(1).transactionId)).toBeUndefined();
    });

    it('several changes of one profile, each for the version that the one before left', async () => {
      const { id, version } = await made(store());
      const changes = [
        update({ id, version }, { label: 'a' }),
        update({ id, version: version + 1 }, { pool: 'p' }),
      ];
      expect(await store().commit(changes)).toBe(true);
      expect(await store().profile(id)).toMatchObject({ label: 'a', pool: 'p', version: version + 2 });
    });

    it('history in the order in which it happened', async () => {
      const profile = await made(store());
      const other = await made(store(), released(2));
      const refusal = {
        ...entry,
        status: '8.2.7/3.8',
        cause: 'wrong code',
        eid,
        transactionId: '0A',
        functionCallIdentifier: 'call 1',
      };
      expect(await store().history(profile.id)).toEqual([]);
      await store().commit([update(profile, {}, [entry, refusal]), update(other, {}, entry)]);
      await store().commit([update({ ...profile, version: 2 }, {}, { ...entry, at: 1 })]);
      expect(await store().history(profile.id)).toEqual([entry, refusal, { ...entry, at: 1 }]);
      expect(await store().history(other.id)).toEqual([entry]);
    });

    it('nothing at all, and says that it is done', async () => {
      expect(await store().commit([])).toBe(true);
    });

    const failing: readonly [name: string, (id: number) => Change][] = [
      ['a profile has another version', (id) => update({ id, version: 7 }, {})],
      [
        'a session is in another state',
        () => ({ kind: 'updateSession', transactionId: session(1).transactionId, from: 'bound', set: {} }),
      ],
      ['a notification is a repeat', () => ({ kind: 'recordNotification', notification: notification() })],
    ];
    it.each(failing)('nothing where %s', async (_, failingChange) => {
      const profile = await made(store());
      const { id } = profile;
      const binding = { profileId: id, eid, euiccOtpk: Buffer.alloc(65), smdpOtsk: null, installedAt: null };
      await store().commit([
        { kind: 'createSession', session: session(1, { profileId: id }) },
        { kind: 'recordNotification', notification: notification() },
        { kind: 'saveBinding', binding },
      ]);
      const changes: Change[] = [
        update(profile, { state: 'Installed' }, entry),
        { kind: 'createSession', session: session(2) },
        { kind: 'endSessions', profileId: id },
        { kind: 'recordNotification', notification: notification({ key: 'other', profileId: id }) },
        { kind: 'deleteBindings', profileId: id },
      ];
      const orders = [
        [...changes, failingChange(id)],
        [failingChange(id), ...changes],
      ];
      for (const order of orders) {
        expect(await store().commit(order)).toBe(false);
        expect(await store().profile(id)).toEqual(profile);
        expect(await store().history(id)).toEqual([]);
        expect(await store().countProfiles()).toMatchObject({ Released: 1, Installed: 0 });
        expect(await store().session(session(1).transactionId)).toEqual(session(1, { profileId: id }));
        expect(await store().session(session(2).transactionId)).toBeUndefined();
        expect(await store().notifications(id)).toEqual([]);
        expect(await store().binding(id, eid)).toEqual(binding);
      }
    });

    it('no MatchingID that another profile has, and none of what came with it', async () => {
      await made(store(), released(1, { matchingId: 'A-1' }));
      const profile = await made(store(), released(2));
      const taken = store().commit([
        update(profile, { label: 'a' }, entry),
        update({ ...profile, version: 2 }, { matchingId: 'A-1' }),
      ]);
      await expect(taken).rejects.toEqual(new DuplicateError('matchingId', 'A-1'));
      expect(await store().profile(profile.id)).toEqual(profile);
      expect(await store().history(profile.id)).toEqual([]);
      expect(await store().commit([update(profile, { matchingId: 'A-2' })])).toBe(true);
    });

    it.each(['iccid', 'id', 'version', 'sharedIccid', 'createdAt', 'constructor', 'state = NULL --'])(
      'no change of the member %j',
      async (member) => {
        const profile = await made(store());
        const set = { [member]: 1 } as ProfileChanges;
        await expect(store().commit([update(profile, set)])).rejects.toThrow(TypeError);
        expect(await store().profile(profile.id)).toEqual(profile);
      },
    );

    it('one of fifty changes that race for one version', async () => {
      const profile = await made(store());
      const racers = Array.from({ length: 50 }, (_, number) =>
        store().commit([update(profile, { state: 'Downloaded', label: String(number) }, entry)]),
      );
      expect((await Promise.all(racers)).filter((won) => won)).toHaveLength(1);
      expect(await store().history(profile.id)).toEqual([entry]);
    });
  });
}
