import { describe, expect, it } from 'vitest';
import type { Change, NewRegistration, Registration } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, otherEid, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const smdsAddress = 'smds.example.com';
const event = (eventId: string, more: Partial<NewRegistration> = {}): NewRegistration => ({
  smdsAddress,
  eventId,
  eid,
  expiresAt: null,
  ...more,
});

export function registrationSuite(open: OpenStore): void {
  describe('keeps what SM-DSs are told of our events', () => {
    const store = freshStore(open);
    const commit = (kind: 'queueRegistration' | 'noteRegistered' | 'queueDeletion', of = event('A')) =>
      store().commit([{ kind, event: of }]);
    const lease = async (now = 100, until = now + 10) =>
      store().leaseRegistrations(smdsAddress, now, until, 10);
    const leased = async (now?: number): Promise<Registration> => {
      const [registration, ...more] = await lease(now);
      expect(more).toEqual([]);
      return registration!;
    };
    const kept = (of = event('A')) => store().registration(of);

    it('is told of an event, once, at once', async () => {
      await commit('queueRegistration');
      expect(await store().smdsAddressesToCall()).toEqual([smdsAddress]);
      const registration = await leased();
      expect(registration).toEqual({
        ...event('A'),
        ...{ id: registration.id, version: 1, state: 'pending', knownEid: null },
        ...{ attempts: 0, nextAttemptAt: 0, leasedUntil: 110, lastError: null },
      });
      expect(await lease(109)).toEqual([]);
      await store().settleRegistration(registration, {
        ...{ state: 'registered', knownEid: eid, nextAttemptAt: null },
      });
      expect(await lease(200)).toEqual([]);
      expect(await store().smdsAddressesToCall()).toEqual([]);
      expect(await kept()).toMatchObject({ state: 'registered', leasedUntil: null });
    });

    it('is told again when it is due again, or when who had the lease is gone', async () => {
      await commit('queueRegistration');
      await lease(100);
      const again = await leased(110);
      expect(again.knownEid).toBe(eid);
      await store().settleRegistration(again, {
        ...{ attempts: 1, nextAttemptAt: 150, lastError: 'closed', knownEid: undefined },
      });
      expect(await kept()).toMatchObject({ attempts: 1, lastError: 'closed', knownEid: eid });
      expect(await store().smdsAddressesToCall()).toEqual([smdsAddress]);
      expect(await lease(149)).toEqual([]);
      expect((await leased(150)).attempts).toBe(1);
    });

    it('keeps SM-DSs apart', async () => {
      await commit('queueRegistration');
      await commit('queueRegistration', event('A', { smdsAddress: 'other.example.com' }));
      expect(await store().smdsAddressesToCall()).toEqual(['other.example.com', smdsAddress]);
      expect((await leased()).smdsAddress).toBe(smdsAddress);
    });

    it('forgets at once what no SM-DS can know of', async () => {
      await commit('queueRegistration');
      await commit('queueDeletion');
      expect(await kept()).toBeUndefined();
    });

    it('has an event deleted that an SM-DS may know of', async () => {
      await commit('noteRegistered');
      expect(await lease()).toEqual([]);
      await commit('queueDeletion');
      const registration = await leased();
      expect(registration).toMatchObject({ state: 'deleting', knownEid: eid, version: 2 });
      await store().settleRegistration(registration, 'gone');
      expect(await kept()).toBeUndefined();
      expect(await commit('queueDeletion')).toBe(true);
    });

    it('notes nothing of a call that something else came in between of, but ends its lease', async () => {
      await commit('noteRegistered');
      await commit('queueDeletion');
      const deletion = await leased();
      await commit('queueRegistration', event('A', { eid: otherEid }));
      expect(await lease()).toEqual([]);
      await store().settleRegistration(deletion, 'gone');
      expect(await leased()).toMatchObject({ state: 'pending', eid: otherEid, knownEid: eid });
    });

    it('leaves an event alone that is registered for the same EID, but for its expiry', async () => {
      await commit('noteRegistered', event('A', { expiresAt: 5 }));
      await commit('queueRegistration', event('A', { expiresAt: 9 }));
      expect(await kept()).toMatchObject({ state: 'registered', expiresAt: 9 });
      await commit('queueRegistration', event('A', { eid: otherEid }));
      expect(await kept()).toMatchObject({ state: 'pending', knownEid: eid });
    });

    it('takes one event for one call at a time, and what is not there yet as one to be deleted', async () => {
      const first = (await store().leaseRegistration(event('A'), 100, 110))!;
      expect(first).toMatchObject({ isNew: true, registration: { state: 'deleting', knownEid: null } });
      expect(await store().leaseRegistration(event('A'), 109, 120)).toBeUndefined();
      expect(await lease(109)).toEqual([]);
      await store().settleRegistration(first.registration, { nextAttemptAt: 130 });
      expect(await lease(129)).toEqual([]);
      const second = await store().leaseRegistration(event('A'), 109, 120);
      expect(second).toMatchObject({ isNew: false, registration: { state: 'deleting', knownEid: eid } });
    });

    it('has the events of orders deleted that have expired', async () => {
      await commit('noteRegistered', event('A', { expiresAt: 50 }));
      await commit('noteRegistered', event('B', { expiresAt: 51 }));
      await commit('noteRegistered', event('C'));
      expect(await store().expireRegistrations(49)).toBe(0);
      expect(await store().expireRegistrations(50)).toBe(1);
      expect(await store().expireRegistrations(50)).toBe(0);
      expect((await leased()).eventId).toBe('A');
    });

    it('queues nothing with a commit that is refused, and nothing for profiles that are not made', async () => {
      const queued: Change = { kind: 'queueRegistration', event: event('A') };
      expect(await store().commit([queued, update({ id: 9, version: 1 }, { label: 'x' })])).toBe(false);
      await store().createProfiles([released(1)]);
      await expect(store().createProfiles([released(1)], [queued])).rejects.toThrow(/in use/);
      expect(await kept()).toBeUndefined();
      await store().createProfiles([released(2)], [queued]);
      expect(await kept()).toMatchObject({ state: 'pending' });
    });
  });
}
