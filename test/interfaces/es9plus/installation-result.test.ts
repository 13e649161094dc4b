import { describe, expect, it } from 'vitest';
import { loadManufacturer, manufactureEuicc, type EuiccMaterial } from '../../../src/device/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { encode } from '../../../src/wire/asn1/index.js';
import { handleNotification } from '../../../src/interfaces/es9plus/handle-notification.js';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import { reset } from '../../../src/orders/index.js';
import { CancelSessionResponse } from '../../../src/wire/rsp/index.js';
import type { Store, StoredNotification } from '../../../src/store/index.js';
import { Conversation } from './support/conversation.js';
import { ask, success } from './support/exchange.js';
import { materialOn, newEid } from './support/issuers.js';
import {
  events,
  failedBecause,
  installationResult,
  notify,
  otherSigned,
  recorded,
  substanceOf,
  succeeded,
} from './support/notification.js';
import { traceOf } from './support/trace.js';

const smdp = await startTestSmdp();
const manufacturer = loadManufacturer(smdp.pkiFolder);

/** A session in which the BPP was delivered, and the key with which its eUICC signs. */
async function delivered(material: EuiccMaterial = manufactureEuicc(manufacturer, newEid())) {
  const profile = await smdp.prepare();
  const conversation = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
  const { transactionId } = conversation;
  return { profile, conversation, transactionId, key: material.credentials[0]!.privateKey, material };
}

describe('a ProfileInstallationResult that reports success', () => {
  it.each(['NIST', 'BRP'] as const)('on %s makes the profile Installed', async (curve) => {
    const { profile, transactionId, key } = await delivered(materialOn(smdp, curve));
    await notify(
      smdp,
      installationResult(key, { transactionId, finalResult: succeeded, iccid: profile.iccid }),
    );
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', installedState: 'disabled' });
    expect((await smdp.history(profile)).at(-1)).toMatchObject({
      trigger: 'notification install',
      from: 'Downloaded',
      to: 'Installed',
    });
    expect(await recorded(smdp, profile)).toEqual([
      { operation: 'install', seqNumber: 1, verified: true, outcome: 'acted upon' },
    ]);
  });

  it('counts by its TransactionId, whatever ICCID stands in it', async () => {
    const { profile, transactionId, key } = await delivered();
    await notify(
      smdp,
      installationResult(key, { transactionId, finalResult: succeeded, iccid: '8901000000123456789' }),
    );
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });

  it('may have the sequence number 0', async () => {
    const { profile, transactionId, key } = await delivered();
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded, seqNumber: 0 }));
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });

  it('destroys our one-time key', async () => {
    const { profile, transactionId, key, conversation } = await delivered();
    const { eid } = conversation.device;
    expect((await smdp.store.binding(profile.id, eid))!.smdpOtsk).toHaveLength(32);
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
    expect((await smdp.store.binding(profile.id, eid))!.smdpOtsk).toBeNull();
  });

  it('ends all other sessions of a code that can be used once', async () => {
    const { profile, transactionId, key, material } = await delivered();
    const { matchingId } = profile;
    const open = await Conversation.authenticated(smdp, { material, matchingId });
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
    expect((await open.bind()).status).toBe('8.10.1/3.9');
    const late = await Conversation.initiated(smdp, { material, matchingId });
    expect((await late.authenticate()).status).toBe('8.2.6/3.8');
  });

  it('is acted upon once however often it is sent', async () => {
    const { profile, transactionId, key } = await delivered();
    const result = installationResult(key, { transactionId, finalResult: succeeded });
    await notify(smdp, result);
    const before = await substanceOf(smdp, profile);
    await notify(smdp, result);
    await Promise.all([notify(smdp, result), notify(smdp, result)]);
    expect(await substanceOf(smdp, profile)).toEqual(before);
    expect((await recorded(smdp, profile)).map(({ outcome }) => outcome)).toEqual([
      'acted upon',
      ...Array.from({ length: 3 }, () => 'repeat: the session has reported its result'),
    ]);
  });

  it('is acted upon once where it is sent many times at once', async () => {
    const { profile, transactionId, key } = await delivered();
    const result = installationResult(key, { transactionId, finalResult: succeeded });
    await Promise.all(Array.from({ length: 10 }, () => notify(smdp, result)));
    const history = await smdp.history(profile);
    expect(history.filter(({ to }) => to === 'Installed')).toHaveLength(1);
  });

  it('is not turned back by another result of the same session', async () => {
    const { profile, transactionId, key } = await delivered();
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
    const before = await substanceOf(smdp, profile);
    await notify(
      smdp,
      installationResult(key, { transactionId, finalResult: failedBecause(12), seqNumber: 2 }),
    );
    expect(await substanceOf(smdp, profile)).toEqual(before);
  });
});

describe('a ProfileInstallationResult that reports a failure', () => {
  it.each([10, 11])('for the temporary reason %i leaves the order to be tried again', async (reason) => {
    const { profile, transactionId, key, material } = await delivered();
    await notify(smdp, installationResult(key, { transactionId, finalResult: failedBecause(reason) }));
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Downloaded', errorStatus: null });
    expect((await smdp.history(profile)).at(-1)).toMatchObject({ status: '8.2.10/4.2', to: 'Downloaded' });

    const again = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
    const { transactionId: next } = again;
    await notify(smdp, installationResult(key, { transactionId: next, finalResult: succeeded }));
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 31, 32, 126, 127])(
    'for the reason %i ends the order',
    async (reason) => {
      const { profile, transactionId, key, material } = await delivered();
      await notify(smdp, installationResult(key, { transactionId, finalResult: failedBecause(reason) }));
      expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus: '8.2.10/4.2' });
      const again = await Conversation.initiated(smdp, { material, matchingId: profile.matchingId });
      expect((await again.authenticate()).status).toBe('8.2.6/3.8');
    },
  );

  it('of an earlier delivery does not end one that is under way', async () => {
    const { profile, transactionId: first, key, material } = await delivered();
    const second = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
    await notify(smdp, installationResult(key, { transactionId: first, finalResult: failedBecause(12) }));
    expect((await smdp.profile(profile)).state).toBe('Downloaded');
    await notify(
      smdp,
      installationResult(key, { transactionId: second.transactionId, finalResult: succeeded, seqNumber: 2 }),
    );
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', errorStatus: null });
  });

  it('of one eUICC does not end the download of another with the same code', async () => {
    const profile = await smdp.prepare({ reuse: 'unlimited' });
    const begin = async () => {
      const material = manufactureEuicc(manufacturer, newEid());
      const conversation = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
      return { transactionId: conversation.transactionId, key: material.credentials[0]!.privateKey };
    };
    const [one, other] = [await begin(), await begin()];
    await notify(smdp, installationResult(one.key, { ...one, finalResult: failedBecause(12) }));
    await notify(smdp, installationResult(other.key, { ...other, finalResult: succeeded }));
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });
});

describe('a ProfileInstallationResult that changes nothing', () => {
  it('is one that another key signed', async () => {
    const { profile, transactionId } = await delivered();
    const foreign = manufactureEuicc(manufacturer, newEid()).credentials[0]!.privateKey;
    const before = await traceOf(smdp, profile);
    await notify(smdp, installationResult(foreign, { transactionId, finalResult: succeeded }));
    expect(await traceOf(smdp, profile)).toEqual(before);
  });

  it.each([
    ['the result', -80],
    ['the signature', -1],
  ])('is one in which %s was changed', async (_, at) => {
    const { profile, transactionId, key } = await delivered();
    const result = installationResult(key, { transactionId, finalResult: succeeded });
    result[result.length + at]! ^= 1;
    const before = await traceOf(smdp, profile);
    await notify(smdp, result);
    expect(await traceOf(smdp, profile)).toEqual(before);
  });

  it('is one of a session that is not known', async () => {
    const { profile, key } = await delivered();
    const before = await traceOf(smdp, profile);
    await notify(smdp, installationResult(key, { transactionId: '00'.repeat(16), finalResult: succeeded }));
    expect(await traceOf(smdp, profile)).toEqual(before);
  });

  it.each(['initiated', 'authenticated'] as const)('is one of a session that is only %s', async (point) => {
    const profile = await smdp.prepare();
    const material = manufactureEuicc(manufacturer, newEid());
    const conversation = await Conversation[point](smdp, { material, matchingId: profile.matchingId });
    const before = await substanceOf(smdp, profile);
    const { transactionId } = conversation;
    const { privateKey } = material.credentials[0]!;
    await notify(smdp, installationResult(privateKey, { transactionId, finalResult: succeeded }));
    expect(await substanceOf(smdp, profile)).toEqual(before);
    if (point === 'authenticated') expect((await conversation.bind()).status).toBe(success);
  });
});

/** CancelSessionResponse of a card that has closed its session: nobody has signed it. */
const unsignedError = encode(CancelSessionResponse, { cancelSessionResponseError: 5 }).toString('base64');

describe('a ProfileInstallationResult counts', () => {
  const cancelUnsigned = ({ transactionId }: Conversation) =>
    ask(smdp, 'cancelSession', { transactionId, cancelSessionResponse: unsignedError });

  it.each([
    [12, { state: 'Error', errorStatus: '8.2.10/4.2' }],
    [10, { state: 'Downloaded', errorStatus: null }],
  ] as const)('after a cancelSession that nobody signed: failure %i', async (reason, expected) => {
    const { profile, conversation, transactionId, key } = await delivered();
    expect((await cancelUnsigned(conversation)).status).toBe(success);
    await notify(smdp, installationResult(key, { transactionId, finalResult: failedBecause(reason) }));
    expect(await smdp.profile(profile)).toMatchObject(expected);
    expect(await recorded(smdp, profile)).toMatchObject([{ outcome: 'acted upon' }]);
    expect((await cancelUnsigned(conversation)).status).toBe('8.10.1/3.9');
  });

  it('after a cancelSession that the eUICC signed: success', async () => {
    const { profile, conversation, transactionId, key } = await delivered();
    await conversation.cancel('endUserRejection');
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', errorStatus: null });
  });

  it('after a cancelSession that the eUICC signed: failure, which leaves the code that ended the order', async () => {
    const { profile, conversation, transactionId, key } = await delivered();
    await conversation.cancel('loadBppExecutionError');
    const result = installationResult(key, { transactionId, finalResult: failedBecause(12) });
    await notify(smdp, result);
    await notify(smdp, result);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus: '8.2.10/4.2' });
    expect((await smdp.history(profile)).map(({ trigger }) => trigger)).toEqual([
      'getBoundProfilePackage',
      'cancelSession',
      'notification install',
    ]);
    expect((await recorded(smdp, profile)).map(({ outcome }) => outcome)).toEqual([
      'acted upon',
      'repeat: the session has reported its result',
    ]);
  });

  it('where a later delivery to the same eUICC has failed: success of the earlier one', async () => {
    const { profile, transactionId: first, key, material } = await delivered();
    const { transactionId } = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
    await notify(
      smdp,
      installationResult(key, { transactionId, finalResult: failedBecause(9), seqNumber: 2 }),
    );
    expect((await smdp.profile(profile)).state).toBe('Error');
    await notify(smdp, installationResult(key, { transactionId: first, finalResult: succeeded }));
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });

  it('where a later delivery is installed already: failure of the earlier one changes nothing', async () => {
    const { profile, transactionId: first, key, material } = await delivered();
    const { transactionId } = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded, seqNumber: 2 }));
    const before = await substanceOf(smdp, profile);
    await notify(smdp, installationResult(key, { transactionId: first, finalResult: failedBecause(9) }));
    expect(await substanceOf(smdp, profile)).toEqual(before);
    expect((await recorded(smdp, profile)).at(-1)).toMatchObject({
      outcome: 'reported to the operator; the profile stays Installed',
    });
  });

  it('for an order that was reset since: it is kept, and the new order stays as it is', async () => {
    const { profile, transactionId, key, material } = await delivered();
    await reset({ store: smdp.store, profileId: profile.id, now: Date.now() });
    const again = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
    const before = await substanceOf(smdp, profile);
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
    expect(await substanceOf(smdp, profile)).toEqual(before);
    expect(await recorded(smdp, profile)).toMatchObject([
      { outcome: 'reported to the operator; the order was reset or cancelled after the BPP was delivered' },
    ]);
    await notify(
      smdp,
      installationResult(key, { transactionId: again.transactionId, finalResult: succeeded, seqNumber: 2 }),
    );
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });
});

describe('a notification whose profile is removed while it is handled', () => {
  const keptOnly = 'only stored: the profile was removed before the notification could be acted upon';

  it.each(['result', 'other'] as const)('is answered 204, and kept (%s)', async (kind) => {
    const { profile, transactionId, key, material } = await delivered();
    const { id } = profile;
    const kept: StoredNotification[] = [];
    const { store } = smdp.context;
    const vanishing: Store = {
      ...store,
      session: (octets) => store.session(octets),
      async profile(sought) {
        const found = await store.profile(sought);
        if (found?.id === id) await store.commit([{ kind: 'removeProfile', id, version: found.version }]);
        return store.profile(sought);
      },
      commit(changes) {
        for (const change of changes)
          if (change.kind === 'recordNotification') kept.push(change.notification);
        return store.commit(changes);
      },
    };
    const notification =
      kind === 'result'
        ? installationResult(key, { transactionId, finalResult: succeeded })
        : otherSigned(material.credentials[0]!, {
            iccid: profile.iccid,
            seqNumber: 5,
            operations: [events.enable],
          });
    const body = { pendingNotification: notification.toString('base64') };
    await handleNotification(
      { ...smdp.context, store: vanishing },
      body,
      new Exchange('ES9+', 'handleNotification'),
    );
    expect(kept).toMatchObject([
      { verified: true, profileId: null, outcome: keptOnly, octets: notification },
    ]);
  });
});

it('a whole download may be reported long after the time for its other steps is over', async () => {
  const { profile, transactionId, key } = await delivered();
  smdp.advance(smdp.context.sessionTimeout + 1);
  await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
  expect((await smdp.profile(profile)).state).toBe('Installed');
});

describe('a session whose result is there', () => {
  it('is removed a minute later, and a result that is sent again is known for one', async () => {
    const { profile, transactionId, key } = await delivered();
    const result = installationResult(key, { transactionId, finalResult: succeeded });
    await notify(smdp, result);
    const before = await substanceOf(smdp, profile);
    smdp.advance(61_000);
    await smdp.store.purge(smdp.context.clock.now().getTime());
    expect(await smdp.store.session(Buffer.from(transactionId, 'hex'))).toBeUndefined();
    await notify(smdp, result);
    expect(await substanceOf(smdp, profile)).toEqual(before);
  });

  it('is kept for a month where there is no result yet', async () => {
    const { profile, transactionId, key } = await delivered();
    smdp.advance(smdp.context.resultTimeout - 1000);
    await smdp.store.purge(smdp.context.clock.now().getTime());
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });
});
