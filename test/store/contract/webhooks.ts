import { describe, expect, it } from 'vitest';
import type { Delivery, NewDelivery, NewWebhook, Store } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { freshStore } from './fresh-store.js';

const webhook = (url = 'http://localhost/'): NewWebhook => ({
  ...{ url, events: ['profile.state'], secret: 'whsec_x', ca: null, createdAt: 5 },
  ...{ eid: '89*', iccid: null, matchingId: null, operator: null, namespace: null },
});

const about = (webhookId: number, subject: string, body: string): NewDelivery => ({
  ...{ webhookId, subject, body },
  ...{ event: 'profile.state', queuedAt: 5 },
});

const queue = (store: Store, ...deliveries: NewDelivery[]) =>
  store.commit(deliveries.map((delivery) => ({ kind: 'queueDelivery', delivery })));

const bodies = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ body }) => body);

export function webhookSuite(open: OpenStore): void {
  describe('keeps webhooks and their messages', () => {
    const store = freshStore(open);
    const lease = (id: number, now = 100, until = now + 10) => store().leaseDeliveries(id, now, until, 10);

    it('until they are removed, with their messages', async () => {
      const one = await store().addWebhook(webhook());
      const other = await store().addWebhook(webhook('http://other/'));
      expect(await store().webhooks()).toEqual([one, other]);
      await queue(store(), about(one.id, 'x', '1'), about(other.id, 'x', '2'));
      expect(await store().deleteWebhook(one.id)).toBe(true);
      expect(await store().deleteWebhook(one.id)).toBe(false);
      expect(await store().webhooks()).toEqual([other]);
      expect(await store().listDeliveries(one.id, 10)).toEqual([]);
      expect(bodies(await lease(other.id))).toEqual(['2']);
    });

    it('and queues nothing for a webhook that is gone, without refusing the commit', async () => {
      expect(await queue(store(), about(77, 'x', '1'))).toBe(true);
      expect(await store().countDeliveries(77)).toEqual({ waiting: 0, ended: 0 });
    });

    it('of each subject the oldest first, the next one when that has ended', async () => {
      const { id } = await store().addWebhook(webhook());
      await queue(store(), about(id, 'x', 'a'), about(id, 'x', 'b'), about(id, 'y', 'c'));
      const [a, c, ...more] = await lease(id);
      expect(more).toEqual([]);
      expect(bodies([a!, c!])).toEqual(['a', 'c']);
      await store().postponeDelivery(a!, 200, 'HTTP status 500');
      expect(await lease(id, 199)).toEqual([expect.objectContaining({ body: 'c' })]);
      const [again] = await lease(id, 200);
      expect(again).toMatchObject({ body: 'a', attempts: 1, lastError: 'HTTP status 500' });
      await store().endDelivery(again!, 201, 'refused');
      expect(bodies(await lease(id, 202))).toContain('b');
      expect(await store().countDeliveries(id)).toEqual({ waiting: 2, ended: 1 });
      expect(await store().listDeliveries(id, 10, true)).toMatchObject([
        { body: 'a', endedAt: 201, attempts: 2 },
      ]);
      expect(bodies(await store().listDeliveries(id, 10))).toEqual(['c', 'b', 'a']);
    });

    it('gives them back, and makes postponed ones due', async () => {
      const { id } = await store().addWebhook(webhook());
      await queue(store(), about(id, 'x', 'a'));
      const [a] = await lease(id);
      expect(await lease(id, 109)).toEqual([]);
      await store().returnDelivery(a!);
      const [b] = await lease(id, 109);
      expect(b).toMatchObject({ attempts: 0 });
      await store().postponeDelivery(b!, 1000, 'no connection');
      expect(await store().retryDeliveries(id)).toBe(1);
      expect(bodies(await lease(id, 120))).toEqual(['a']);
    });

    it('for one of many that ask at once', async () => {
      const { id } = await store().addWebhook(webhook());
      await queue(store(), about(id, 'x', 'a'));
      const leased = await Promise.all(Array.from({ length: 10 }, () => lease(id)));
      expect(leased.flat()).toHaveLength(1);
    });

    it('a day long once they have ended', async () => {
      const day = 24 * 60 * 60 * 1000;
      const { id } = await store().addWebhook(webhook());
      await queue(store(), about(id, 'x', 'a'), about(id, 'x', 'b'));
      await store().endDelivery((await lease(id))[0]!, 100);
      await store().purge(100 + day);
      expect(await store().countDeliveries(id)).toEqual({ waiting: 1, ended: 1 });
      await store().purge(101 + 100 * day, 100 + day);
      expect(await store().countDeliveries(id)).toEqual({ waiting: 1, ended: 1 });
      await store().purge(100 + day, 101 + 100 * day);
      expect(await store().countDeliveries(id)).toEqual({ waiting: 1, ended: 0 });
    });

    it('through a reset, if that is wanted', async () => {
      const one = await store().addWebhook(webhook());
      await store().clear(['webhooks']);
      expect(await store().webhooks()).toEqual([one]);
      await store().clear();
      expect(await store().webhooks()).toEqual([]);
    });
  });
}
