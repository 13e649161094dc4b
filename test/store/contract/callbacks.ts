import { describe, expect, it } from 'vitest';
import type { Callback, NewCallback, Store } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { entry, iccid, made, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const operator = '2.999.1';

const about = (profileId: number, body: string, more: Partial<NewCallback> = {}): NewCallback => ({
  profileId,
  operator,
  iccid: iccid(profileId),
  body,
  queuedAt: 5,
  ...more,
});

const queue = (store: Store, ...calls: NewCallback[]) =>
  store.commit(calls.map((call) => ({ kind: 'queueCallback', call })));

const bodies = (calls: readonly Callback[]): string[] => calls.map(({ body }) => body);

export function callbackSuite(open: OpenStore): void {
  describe('keeps calls that operators are to receive', () => {
    const store = freshStore(open);
    const lease = (now = 100, until = now + 10, limit = 10) =>
      store().leaseCallbacks(operator, now, until, limit);
    const make = async (number: number) => (await made(store(), released(number))).id;

    it('of each profile the oldest first, the next one when that is delivered', async () => {
      const [one, other] = [await make(1), await make(2)];
      await queue(store(), about(one, 'a'), about(one, 'b'), about(other, 'c'));
      const [a, c, ...more] = await lease();
      expect(more).toEqual([]);
      expect(bodies([a!, c!])).toEqual(['a', 'c']);
      expect(a).toEqual({
        ...about(one, 'a'),
        ...{ id: a!.id, attempts: 0, nextAttemptAt: 0, leasedUntil: 110, lastError: null, deliveredAt: null },
      });
      await store().callbackDelivered(a!, 101);
      expect(bodies(await lease())).toEqual(['b']);
    });

    it('apart for each operator', async () => {
      const id = await make(1);
      await queue(store(), about(id, 'a'), about(id, 'b', { operator: 'other' }));
      expect(bodies(await lease())).toEqual(['a']);
      expect(bodies(await store().leaseCallbacks('other', 1, 2, 10))).toEqual(['b']);
      expect(await store().leaseCallbacks('nobody', 1, 2, 10)).toEqual([]);
    });

    it('for one process at a time, until its lease is over', async () => {
      await queue(store(), about(await make(1), 'a'));
      expect(bodies(await lease(100, 110))).toEqual(['a']);
      expect(await lease(109)).toEqual([]);
      expect(bodies(await lease(110))).toEqual(['a']);
    });

    it('at once where the clock was set back, by which a lease or an attempt was put off', async () => {
      const day = 24 * 60 * 60 * 1000;
      await queue(store(), about(await make(1), 'a'));
      const [call] = await lease(day, day + 30_000);
      expect(bodies(await lease(100, 110))).toEqual(['a']);
      const [again] = await lease(200, 210);
      await store().callbackFailed(again!, day + 60_000, 'no connection');
      expect(bodies(await lease(300))).toEqual(['a']);
      expect(call?.attempts).toBe(0);
    });

    it('for one of many that ask at once', async () => {
      await queue(store(), about(await make(1), 'a'));
      const leased = await Promise.all(Array.from({ length: 20 }, () => lease()));
      expect(leased.flat()).toHaveLength(1);
    });

    it('and gives out no more than are asked for', async () => {
      for (const number of [1, 2, 3]) await queue(store(), about(await make(number), String(number)));
      expect(bodies(await lease(100, 110, 2))).toEqual(['1', '2']);
      expect(bodies(await lease(100, 110, 2))).toEqual(['3']);
    });

    it('until the next attempt, when one has failed', async () => {
      const id = await make(1);
      await queue(store(), about(id, 'a'), about(id, 'b'));
      const [a] = await lease();
      await store().callbackFailed(a!, 200, 'HTTP status 500');
      expect(await lease(199)).toEqual([]);
      expect(await lease(200)).toMatchObject([{ body: 'a', attempts: 1, lastError: 'HTTP status 500' }]);
    });

    it('whatever a process says whose lease has gone to another', async () => {
      await queue(store(), about(await make(1), 'a'));
      const [first] = await lease(100, 110);
      const [second] = await lease(110, 120);
      await store().callbackFailed(first!, 500, 'too late');
      await store().returnCallback(first!);
      expect(await lease(119)).toEqual([]);
      await store().callbackDelivered(second!, 115);
      expect(await store().listCallbacks({}, 10)).toMatchObject([
        { attempts: 1, lastError: null, deliveredAt: 115, nextAttemptAt: null },
      ]);
    });

    it('that were given back, uncounted', async () => {
      await queue(store(), about(await make(1), 'a'));
      const [a] = await lease();
      await store().returnCallback(a!);
      expect(await lease()).toMatchObject([{ body: 'a', attempts: 0 }]);
    });

    it('and makes those due that wait for another attempt, of all operators or one', async () => {
      const id = await make(1);
      await queue(store(), about(id, 'a'), about(id, 'b'), about(id, 'c', { operator: 'other' }));
      const [a] = await lease();
      const [c] = await store().leaseCallbacks('other', 100, 110, 1);
      await store().callbackFailed(a!, 1000, 'refused');
      await store().callbackFailed(c!, 1000, 'refused');
      expect(await store().retryCallbacks({ operator: 'other' })).toBe(1);
      expect(await lease()).toEqual([]);
      expect(await store().retryCallbacks()).toBe(1);
      expect(bodies(await lease())).toEqual(['a']);
    });

    it('with the change that they tell of, or not at all', async () => {
      const profile = await made(store());
      const changes = (version: number) => [
        update({ id: profile.id, version }, {}, entry),
        { kind: 'queueCallback' as const, call: about(profile.id, 'a') },
      ];
      expect(await store().commit(changes(7))).toBe(false);
      expect(await store().countCallbacks()).toEqual({ waiting: 0, delivered: 0 });
      expect(await store().commit(changes(profile.version))).toBe(true);
      expect(await store().countCallbacks()).toEqual({ waiting: 1, delivered: 0 });
    });

    it('and shows them, the newest first', async () => {
      const [one, other] = [await make(1), await make(2)];
      await queue(store(), about(one, 'a'), about(other, 'b', { operator: 'other' }), about(one, 'c'));
      const [a] = await lease();
      await store().callbackDelivered(a!, 101, 'operator answered Failed');
      const list = async (filter: Parameters<Store['listCallbacks']>[0], limit = 10) =>
        bodies(await store().listCallbacks(filter, limit));
      expect(await list({})).toEqual(['c', 'b', 'a']);
      expect(await list({}, 2)).toEqual(['c', 'b']);
      expect(await list({ delivered: true })).toEqual(['a']);
      expect(await list({ delivered: false })).toEqual(['c', 'b']);
      expect(await list({ operator: 'other' })).toEqual(['b']);
      expect(await list({ iccid: iccid(one), delivered: false })).toEqual(['c']);
      expect(await store().countCallbacks()).toEqual({ waiting: 2, delivered: 1 });
      expect(await store().countCallbacks({ operator: 'other' })).toEqual({ waiting: 1, delivered: 0 });
      await expect(store().listCallbacks({}, 0)).rejects.toThrow(RangeError);
    });

    it('a day long once they are delivered, and without end before', async () => {
      const day = 24 * 60 * 60 * 1000;
      const id = await make(1);
      await queue(store(), about(id, 'a'), about(id, 'b'));
      const [a] = await lease();
      await store().callbackDelivered(a!, 100);
      await store().purge(100 + day);
      expect(await store().countCallbacks()).toEqual({ waiting: 1, delivered: 1 });
      await store().purge(101 + 100 * day, 100 + day);
      expect(await store().countCallbacks()).toEqual({ waiting: 1, delivered: 1 });
      await store().purge(100 + day, 101 + 100 * day);
      expect(await store().countCallbacks()).toEqual({ waiting: 1, delivered: 0 });
    });
  });
}
