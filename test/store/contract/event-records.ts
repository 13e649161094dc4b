import { describe, expect, it } from 'vitest';
import type { NewEventRecord } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, otherEid, session } from '../samples.js';
import { freshStore } from './fresh-store.js';

const event = (eventId: string, more: Partial<NewEventRecord> = {}): NewEventRecord => ({
  owner: '2.999.10',
  eventId,
  eid,
  rspServerAddress: 'smdp.example.com',
  rootEventId: null,
  registeredAt: 7,
  ...more,
});

export function eventRecordSuite(open: OpenStore): void {
  describe('keeps the event records of the SM-DS', () => {
    const store = freshStore(open);
    const register = (record: NewEventRecord) => store().commit([{ kind: 'registerEvent', event: record }]);
    const names = async (...query: Parameters<ReturnType<typeof store>['eventsForEid']>) =>
      (await store().eventsForEid(...query)).map(({ eventId }) => eventId);

    it('gives an event back as it was registered', async () => {
      const passedOn = event('A', { rootEventId: 'R' });
      await register(passedOn);
      await register(event('B'));
      expect(await store().eventRecord('2.999.10', 'A')).toEqual({
        ...passedOn,
        id: expect.any(Number) as number,
      });
      expect(await store().eventRecord('2.999.10', 'B')).toMatchObject({ rootEventId: null });
      expect(await store().eventRecord('2.999.12', 'A')).toBeUndefined();
    });

    it('keeps one event of each owner under an EventID', async () => {
      expect(await register(event('A'))).toBe(true);
      expect(await register(event('A', { eid: otherEid }))).toBe(false);
      expect(await register(event('A', { owner: '2.999.12' }))).toBe(true);
      expect(await store().eventRecord('2.999.10', 'A')).toMatchObject({ eid });
    });

    it('registers nothing with a commit that is refused', async () => {
      await register(event('A'));
      const changes = ['B', 'A'].map((id) => ({ kind: 'registerEvent' as const, event: event(id) }));
      expect(await store().commit(changes)).toBe(false);
      expect(await names(eid)).toEqual(['A']);
    });

    it('lists the events of an EID in the order of registration', async () => {
      for (const id of ['C', 'A', 'B']) await register(event(id));
      await register(event('D', { eid: otherEid }));
      expect(await names(eid)).toEqual(['C', 'A', 'B']);
      expect(await names('89049032000000000000000000000000')).toEqual([]);
    });

    it('finds one event by its EventID and by that of the root SM-DS, for its own EID only', async () => {
      await register(event('A', { rootEventId: 'R' }));
      await register(event('B'));
      expect(await names(eid, 'A')).toEqual(['A']);
      expect(await names(eid, 'R')).toEqual(['A']);
      expect(await names(eid, 'C')).toEqual([]);
      expect(await names(otherEid, 'A')).toEqual([]);
      expect(await names(otherEid, 'R')).toEqual([]);
    });

    it('deletes the event of one owner', async () => {
      await register(event('A'));
      await register(event('A', { owner: '2.999.12' }));
      await store().commit([{ kind: 'deleteEvent', owner: '2.999.10', eventId: 'A' }]);
      expect((await store().eventsForEid(eid)).map(({ owner }) => owner)).toEqual(['2.999.12']);
      expect(await store().commit([{ kind: 'deleteEvent', owner: '2.999.10', eventId: 'A' }])).toBe(true);
    });

    it('lists events page by page, all or those that pass a filter', async () => {
      for (const id of ['A', 'B', 'C']) await register(event(id));
      await register(event('B', { owner: '2.999.12', eid: otherEid }));
      const list = async (...query: Parameters<ReturnType<typeof store>['listEvents']>) => {
        const { items, next } = await store().listEvents(...query);
        return { found: items.map(({ owner, eventId }) => `${owner}/${eventId}`), next };
      };
      const first = await list({}, { limit: 2 });
      expect(first.found).toEqual(['2.999.10/A', '2.999.10/B']);
      expect(await list({}, { limit: 2, cursor: first.next })).toEqual({
        found: ['2.999.10/C', '2.999.12/B'],
        next: undefined,
      });
      expect((await list({ eid: otherEid }, { limit: 9 })).found).toEqual(['2.999.12/B']);
      expect((await list({ eventId: 'B', owner: '2.999.10' }, { limit: 9 })).found).toEqual(['2.999.10/B']);
      await expect(list({}, { limit: 2, cursor: 'x' })).rejects.toThrow(RangeError);
    });

    it('remembers in which role a session was opened', async () => {
      const created = session(1, { role: 'smds' });
      await store().commit([{ kind: 'createSession', session: created }]);
      expect(await store().session(created.transactionId)).toEqual(created);
    });
  });
}
