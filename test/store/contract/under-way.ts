import { describe, expect, it } from 'vitest';
import type { OpenStore } from '../contract.js';
import { eid, iccid, made, session } from '../samples.js';
import { freshStore } from './fresh-store.js';

export function underWaySuite(open: OpenStore): void {
  describe('counts what is under way', () => {
    const store = freshStore(open);

    it('sessions that wait for the device, unless they have expired or wait for a result', async () => {
      const sessions = [
        session(1, { expiresAt: 600 }),
        session(2, { expiresAt: 600, state: 'authenticated', eid }),
        session(3, { expiresAt: 500, state: 'authenticated', eid }),
        session(4, { expiresAt: 100 }),
        session(5, { expiresAt: 9000, state: 'bound' }),
        session(6, { expiresAt: 600, state: 'ended' }),
      ];
      await store().commit(sessions.map((created) => ({ kind: 'createSession', session: created })));
      const { sessions: counted } = await store().countUnderWay(100, 600);
      expect(counted).toEqual({ initiated: 1, authenticated: 2 });
    });

    it('calls that operators have not received', async () => {
      const { id: profileId } = await made(store());
      const call = { profileId, operator: 'o', iccid: iccid(1), body: '{}', queuedAt: 1 };
      await store().commit([
        { kind: 'queueCallback', call },
        { kind: 'queueCallback', call },
      ]);
      expect((await store().countUnderWay(0, 1)).callbacks).toBe(2);
      const [first] = await store().leaseCallbacks('o', 1, 2, 1);
      await store().callbackDelivered(first!, 2);
      expect((await store().countUnderWay(0, 1)).callbacks).toBe(1);
    });
  });
}
