import { describe, expect, it } from 'vitest';
import type { Change, Download, RspSession } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, entry, made, notification, otherEid, released, session, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

export function sessionSuite(open: OpenStore): void {
  describe('keeps sessions, bindings and notifications', () => {
    const store = freshStore(open);
    const create = (created: RspSession) => store().commit([{ kind: 'createSession', session: created }]);
    const stateOf = async (number: number) => (await store().session(session(number).transactionId))?.state;

    it('gives a session back as it was made', async () => {
      const { id } = await made(store());
      const complete = session(1, {
        state: 'bound',
        eid,
        euiccPublicPoint: Buffer.alloc(65, 4),
        profileId: id,
        ccRequired: true,
        smdpSignature2: Buffer.from('5f3700', 'hex'),
        profileMetadata: Buffer.from('bf2500', 'hex'),
      });
      await create(complete);
      await create(session(2));
      expect(await store().session(complete.transactionId)).toEqual(complete);
      expect(await store().session(session(2).transactionId)).toEqual(session(2));
      expect(await store().session(session(3).transactionId)).toBeUndefined();
    });

    it('changes a session only in one of the states named', async () => {
      await create(session(1));
      const { transactionId } = session(1);
      const authenticate = {
        kind: 'updateSession',
        transactionId,
        from: 'initiated',
        set: { state: 'authenticated', eid, ccRequired: true },
      } as const;
      expect(await store().commit([authenticate])).toBe(true);
      expect(await store().commit([authenticate])).toBe(false);
      expect(await store().commit([{ ...authenticate, from: ['initiated', 'bound'] }])).toBe(false);
      expect(await store().commit([{ ...authenticate, from: [], set: {} }])).toBe(false);
      expect(await store().commit([{ ...authenticate, from: ['bound', 'authenticated'], set: {} }])).toBe(
        true,
      );
      const changed = session(1, { state: 'authenticated', eid, ccRequired: true });
      expect(await store().session(transactionId)).toEqual(changed);
    });

    it('does not change a session that is not there', async () => {
      const { transactionId } = session(9);
      const change = { kind: 'updateSession', transactionId, from: 'initiated', set: { eid } } as const;
      expect(await store().commit([change])).toBe(false);
    });

    it('ends the sessions of one profile that have not reported, but for one', async () => {
      const { id } = await made(store());
      for (const [number, state] of (
        ['initiated', 'authenticated', 'bound', 'reported', 'bound'] as const
      ).entries())
        await create(session(number, { state, profileId: id }));
      await create(session(5, { state: 'bound' }));
      await store().commit([{ kind: 'endSessions', profileId: id, except: session(2).transactionId }]);
      expect(await Promise.all([0, 1, 2, 3, 4, 5].map(stateOf))).toEqual([
        'ended',
        'ended',
        'bound',
        'reported',
        'ended',
        'bound',
      ]);
      await store().commit([{ kind: 'endSessions', profileId: id }]);
      expect(await stateOf(2)).toBe('ended');
    });

    it('keeps one binding per profile and eUICC, the last', async () => {
      const { id } = await made(store());
      const key = { euiccOtpk: Buffer.alloc(65, 1), smdpOtsk: Buffer.alloc(32, 2), installedAt: null };
      const first = { profileId: id, eid, ...key };
      const other = { profileId: id, eid: otherEid, ...key };
      const later = { ...first, euiccOtpk: Buffer.alloc(65, 9) };
      for (const binding of [first, other, later]) await store().commit([{ kind: 'saveBinding', binding }]);
      expect(await store().binding(id, eid)).toEqual(later);
      expect(await store().binding(id, otherEid)).toEqual(other);

      await store().commit([{ kind: 'markInstalled', profileId: id, eid, at: 77 }]);
      expect(await store().binding(id, eid)).toEqual({ ...later, smdpOtsk: null, installedAt: 77 });
      expect(await store().binding(id, otherEid)).toEqual(other);

      await store().commit([{ kind: 'deleteBindings', profileId: id }]);
      expect(await store().binding(id, eid)).toBeUndefined();
      expect(await store().binding(id, otherEid)).toBeUndefined();
    });

    it('keeps one download per shared order and eUICC, and leaves the version of the order alone', async () => {
      const profile = await made(store(), released(1, { reuse: 'unlimited', downloadAttemptsLeft: 1 }));
      const { id: profileId } = profile;
      const download: Download = {
        ...{ profileId, eid, version: 1, updatedAt: 5, state: 'Downloaded', errorStatus: null },
        ...{ boundTransactionId: Buffer.alloc(16, 1), installedState: null, installedSeqNumber: null },
      };
      const save = (more: Partial<Download>): Promise<boolean> =>
        store().commit([{ kind: 'saveDownload', download: { ...download, ...more } }]);
      const note = (more: Partial<Extract<Change, { kind: 'noteDownload' }>> = {}): Promise<boolean> =>
        store().commit([
          { kind: 'noteDownload', id: profileId, orderVersion: 1, set: {}, takesAttempt: false, ...more },
        ]);
      expect(await store().sharedOrder(profileId, eid)).toEqual({ profile, orderVersion: 1 });
      expect(await save({})).toBe(true);
      expect(await save({})).toBe(false);
      expect(await save({ version: 3 })).toBe(false);
      expect(await save({ version: 2, state: 'Installed' })).toBe(true);
      expect(await save({ eid: otherEid, updatedAt: 6 })).toBe(true);
      expect(await store().downloads(profileId, 9)).toEqual([
        { ...download, eid: otherEid, updatedAt: 6 },
        { ...download, version: 2, state: 'Installed' },
      ]);
      expect(await store().downloads(profileId, 1)).toHaveLength(1);

      expect(await note()).toBe(true);
      expect(await note({ set: { state: 'Installed' }, takesAttempt: true, history: [entry] })).toBe(true);
      expect(await note({ takesAttempt: true })).toBe(false);
      expect(await store().sharedOrder(profileId, otherEid)).toMatchObject({
        profile: { version: 2, state: 'Installed', downloadAttemptsLeft: 0 },
        orderVersion: 1,
      });
      expect(await store().history(profileId)).toEqual([entry]);
      expect(await store().commit([update({ id: profileId, version: 2 }, { label: 'changed' })])).toBe(true);
      expect(await note()).toBe(false);
      expect(await note({ orderVersion: 2 })).toBe(true);

      await store().commit([{ kind: 'deleteBindings', profileId }]);
      expect(await store().downloads(profileId, 9)).toEqual([]);
    });

    it('records the notifications of one event once, and those without a key always', async () => {
      const { id } = await made(store());
      const record = (more: Parameters<typeof notification>[0]) =>
        store().commit([
          { kind: 'recordNotification', notification: notification({ profileId: id, ...more }) },
        ]);
      expect(await record({})).toBe(true);
      expect(await record({ receivedAt: 6 })).toBe(false);
      expect(await record({ key: null, verified: false })).toBe(true);
      expect(await record({ key: null, verified: false })).toBe(true);
      expect(await record({ key: 'enable/1', profileId: null })).toBe(true);
      const unverified = notification({ profileId: id, key: null, verified: false });
      expect(await store().notifications(id)).toEqual([
        notification({ profileId: id }),
        unverified,
        unverified,
      ]);
      expect(await store().hasNotification('install/0')).toBe(true);
      expect(await store().hasNotification('enable/1')).toBe(true);
      expect(await store().hasNotification('install/1')).toBe(false);
    });

    it('purges expired sessions', async () => {
      await create(session(1, { expiresAt: 99 }));
      await create(session(2, { expiresAt: 100 }));
      await store().purge(100);
      expect(await stateOf(1)).toBeUndefined();
      expect(await stateOf(2)).toBe('initiated');
    });

    it('forgets old unverified notifications while they are recorded, never those that had an effect', async () => {
      const { id } = await made(store());
      const flood = Array.from({ length: 1500 }, (_, receivedAt) => ({
        kind: 'recordNotification' as const,
        notification: notification({ profileId: id, key: null, verified: false, receivedAt }),
      }));
      const first = notification({ profileId: id });
      await store().commit([{ kind: 'recordNotification', notification: first }, ...flood]);
      const left = await store().notifications(id);
      expect(left).toHaveLength(1001);
      expect(left[0]).toEqual(first);
      expect(left.at(-1)?.receivedAt).toBe(1499);
    });

    it('answers a ping until it is closed', async () => {
      await expect(store().ping()).resolves.toBeUndefined();
    });
  });
}
