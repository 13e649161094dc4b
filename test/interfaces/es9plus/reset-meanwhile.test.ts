import { describe, expect, it } from 'vitest';
import { loadManufacturer, manufactureEuicc } from '../../../src/device/index.js';
import type { Profile, Store } from '../../../src/store/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { newEid } from './support/issuers.js';
import { events, installationResult, notify, otherSigned, succeeded } from './support/notification.js';

const smdp = await startTestSmdp();
const manufacturer = loadManufacturer(smdp.pkiFolder);

/** Calls of the store until `strike` comes before one of them; unarmed: none. */
let callsLeft: number | undefined;
let strike = async (): Promise<unknown> => undefined;

const methods = smdp.store as unknown as Record<string, (...args: unknown[]) => unknown>;
/** The store without the calls that are counted. */
const store: Store = { ...smdp.store };
for (const [name, method] of Object.entries(methods)) {
  if (typeof method !== 'function') continue;
  methods[name] = async (...args) => {
    if (callsLeft === 0) {
      callsLeft = undefined;
      await strike();
    } else if (callsLeft !== undefined) callsLeft--;
    return method.apply(smdp.store, args);
  };
}

/** What a device does last, after the steps that lead there. The helpers insist on an answer that SGP.22 knows. */
const lastSteps: Record<string, (profile: Profile) => Promise<() => Promise<unknown>>> = {
  async authenticateClient({ matchingId }) {
    const conversation = await Conversation.initiated(smdp, { matchingId });
    return () => conversation.authenticate();
  },
  async getBoundProfilePackage({ matchingId }) {
    const conversation = await Conversation.authenticated(smdp, { matchingId });
    return () => conversation.bind();
  },
  async cancelSession({ matchingId }) {
    const conversation = await Conversation.bound(smdp, { matchingId });
    return () => conversation.cancel('endUserRejection');
  },
  async 'handleNotification of a result'({ matchingId }) {
    const material = manufactureEuicc(manufacturer, newEid());
    const { transactionId } = await Conversation.bound(smdp, { matchingId, material });
    const key = material.credentials[0]!.privateKey;
    return () => notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
  },
  async 'handleNotification of an installed profile'({ matchingId, iccid }) {
    const material = manufactureEuicc(manufacturer, newEid());
    await Conversation.bound(smdp, { matchingId, material });
    const operations = [events.enable];
    return () => notify(smdp, otherSigned(material.credentials[0]!, { iccid, seqNumber: 2, operations }));
  },
};

describe.each(Object.keys(lastSteps))('%s', (name) => {
  it.each(['once', 'unlimited'] as const)(
    'of a code with reuse %s is answered, whenever the database is put back meanwhile',
    async (reuse) => {
      const putBack: Record<string, () => Promise<unknown>> = {
        reset: () => store.clear(['profileTypes', 'operators']),
        restore: () => store.restoreSnapshot('before'),
      };
      for (const way of Object.keys(putBack)) {
        let calls = 0;
        for (let isOver = false; !isOver; calls++) {
          const profile = await smdp.prepare({ reuse });
          await store.saveSnapshot('before');
          const last = await lastSteps[name]!(profile);
          strike = putBack[way]!;
          callsLeft = calls;
          await last();
          isOver = callsLeft !== undefined;
          callsLeft = undefined;
          await store.clear(['profileTypes', 'operators']);
        }
        expect(calls).toBeGreaterThan(2);
      }
    },
  );
});
