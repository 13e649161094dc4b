import { describe, expect, it } from 'vitest';
import type { Operator, OrderCall } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { made, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const operator: Operator = {
  identifier: '2.999.1',
  certificates: ['ab'.repeat(32)],
  expiredCertificates: false,
  callbackUrl: 'https://bss.example.com/',
  callbackCa: null,
  callbackClientCertificate: true,
  confirmationCodeAttempts: 3,
  downloadAttempts: null,
  orderValidity: 3600,
  afterDeletion: 'staysSpent',
  resultData: 'profileInstallationResultData',
  notificationPointIds: { delete: 5 },
  updatedAt: 7,
};

const day = 24 * 60 * 60 * 1000;

const call = (profileId: number, more: Partial<OrderCall> = {}): OrderCall => ({
  id: Buffer.alloc(32, 1),
  content: Buffer.alloc(32, 2),
  profileId,
  state: 'Allocated',
  answer: '{"iccid":"8900"}',
  at: 5,
  ...more,
});

export function orderingSuite(open: OpenStore): void {
  describe('keeps operators', () => {
    const store = freshStore(open);

    it('and gives them back, by identifier', async () => {
      const other = { ...operator, identifier: '2.999.0', notificationPointIds: {}, orderValidity: null };
      await store().saveOperator(operator);
      await store().saveOperator(other);
      expect(await store().operator('2.999.1')).toEqual(operator);
      expect(await store().operator('2.999')).toBeUndefined();
      expect(await store().operators()).toEqual([other, operator]);
    });

    it('once each', async () => {
      await store().saveOperator(operator);
      await store().saveOperator({ ...operator, callbackUrl: null, updatedAt: 8 });
      expect(await store().operators()).toEqual([{ ...operator, callbackUrl: null, updatedAt: 8 }]);
    });

    it('until they are deleted', async () => {
      await store().saveOperator(operator);
      expect(await store().deleteOperator('2.999.1')).toBe(true);
      expect(await store().deleteOperator('2.999.1')).toBe(false);
      expect(await store().operators()).toEqual([]);
    });
  });

  describe('keeps calls of ES2+', () => {
    const store = freshStore(open);
    const record = (...calls: OrderCall[]) =>
      store().commit(calls.map((each) => ({ kind: 'recordCall' as const, call: each })));

    it('under their id', async () => {
      const { id } = await made(store());
      expect(await record(call(id))).toBe(true);
      expect(await store().call(call(id).id)).toEqual(call(id));
      expect(await store().call(call(id).content)).toBeUndefined();
    });

    it('each of them once, and with a second one nothing of its commit', async () => {
      const profile = await made(store());
      await record(call(profile.id));
      const again = { kind: 'recordCall' as const, call: call(profile.id, { answer: '{}' }) };
      expect(await store().commit([update(profile, { label: 'a' }), again])).toBe(false);
      expect(await store().call(again.call.id)).toEqual(call(profile.id));
      expect((await store().profile(profile.id))?.label).toBeNull();
    });

    it('and finds the last one about a profile by its content', async () => {
      const { id } = await made(store());
      const { id: other } = await made(store(), released(2));
      const last = call(id, { id: Buffer.alloc(32, 0), answer: '{"last":1}' });
      await record(call(id), last, call(other, { id: Buffer.alloc(32, 3) }));
      expect(await store().callAbout(id, last.content)).toEqual(last);
      expect(await store().callAbout(id, last.id)).toBeUndefined();
    });

    it('until the order is over', async () => {
      const { id } = await made(store());
      const { id: other } = await made(store(), released(2));
      await record(call(id), call(other, { id: Buffer.alloc(32, 3) }));
      await store().commit([{ kind: 'forgetCalls', profileId: id }]);
      expect(await store().callAbout(id, call(id).content)).toBeUndefined();
      expect(await store().callAbout(other, call(other).content)).toBeDefined();
    });

    it('for a day', async () => {
      const { id } = await made(store());
      await record(call(id));
      await store().purge(5 + day);
      expect(await store().call(call(id).id)).toBeDefined();
      await store().purge(6 + day);
      expect(await store().call(call(id).id)).toBeUndefined();
    });
  });
}
