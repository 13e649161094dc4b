import { describe, expect, it } from 'vitest';
import { loadManufacturer, manufactureEuicc, type EuiccMaterial } from '../../../src/device/index.js';
import { ErrorReason } from '../../../src/wire/rsp/index.js';
import type { Profile } from '../../../src/store/index.js';
import { Conversation, type ConversationOptions } from '../../interfaces/es9plus/support/conversation.js';
import { newEid } from '../../interfaces/es9plus/support/issuers.js';
import {
  failedBecause,
  installationResult,
  notify,
  succeeded,
} from '../../interfaces/es9plus/support/notification.js';
import { expectRefusal } from '../../interfaces/es9plus/support/trace.js';
import { operator } from './support/courier.js';
import { requester, startTellingSmdp } from './support/told.js';

const smdp = await startTellingSmdp();
const manufacturer = loadManufacturer(smdp.pkiFolder);

const with_ = ({ matchingId }: Profile, more: ConversationOptions = {}) => ({ matchingId, ...more });

/** cancelSessionResponseError invalidTransactionId: the card has closed its session, and signs nothing. */
const noSuchSession = Buffer.from('BF4103810105', 'hex').toString('base64');

interface Bound {
  readonly conversation: Conversation;
  readonly material: EuiccMaterial;
}

/** A session in which the BPP was delivered, to an eUICC of which the test has the key. */
async function bound(
  { matchingId }: Profile,
  material: EuiccMaterial = manufactureEuicc(manufacturer, newEid()),
): Promise<Bound> {
  return { conversation: await Conversation.bound(smdp, { matchingId, material }), material };
}

/** Delivers a result of the session, signed by its eUICC. */
async function report(
  { conversation: { transactionId }, material }: Bound,
  finalResult: Parameters<typeof installationResult>[1]['finalResult'],
): Promise<Buffer> {
  const { privateKey } = material.credentials[0]!;
  const result = installationResult(privateKey, { transactionId, finalResult });
  await notify(smdp, result);
  return result;
}

describe('the operator of a profile is told', () => {
  it('how a download went that succeeded, in the form that strict operators insist on', async () => {
    const profile = await smdp.order();
    const device = smdp.device();
    await device.download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
    const told = await smdp.told(profile);
    expect(told).toEqual(
      [1, 3, 4].map((notificationPointId) => ({
        header: {
          functionRequesterIdentifier: requester,
          functionCallIdentifier: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
        },
        eid: device.eid,
        iccid: profile.iccid,
        profileType: 'generic',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        notificationPointId,
        notificationPointStatus: { status: 'Executed-Success' },
        ...(notificationPointId === 4 && { resultData: expect.any(String) as string }),
      })),
    );
    expect(new Set(told.map(({ header }) => header.functionCallIdentifier)).size).toBe(3);
  });

  it('what the eUICC signed about an installation that failed', async () => {
    const profile = await smdp.order();
    const result = await report(
      await bound(profile),
      failedBecause(ErrorReason.installFailedDueToPEProcessingError),
    );
    expect(await smdp.points(profile)).toEqual(['1', '3', '4 8.2.10/4.2']);
    const last = (await smdp.told(profile)).at(-1)!;
    expect(last.notificationPointStatus.statusCodeData?.message).toBe('installFailedDueToPEProcessingError');
    const resultData = Buffer.from(last.resultData!, 'base64');
    expect(resultData.subarray(0, 2).toString('hex')).toBe('bf27');
    expect(result.includes(resultData)).toBe(true);
    expect((await smdp.profile(profile)).state).toBe('Error');
  });

  it('the whole notification where it wants that', async () => {
    await smdp.register({ resultData: 'pendingNotification' });
    const profile = await smdp.order();
    const result = await report(await bound(profile), succeeded);
    const last = (await smdp.told(profile)).at(-1)!;
    expect(Buffer.from(last.resultData!, 'base64')).toEqual(result);
    await smdp.register({});
  });

  it('of each attempt where the card gives up for the moment and tries again', async () => {
    const profile = await smdp.order();
    const first = await bound(profile);
    await report(first, failedBecause(ErrorReason.installFailedDueToInterruption));
    await report(await bound(profile, first.material), succeeded);
    expect(await smdp.points(profile)).toEqual(['1', '3', '4 8.2.10/4.2', '1', '3', '4']);
  });

  it('of a result once, however often the device sends it', async () => {
    const profile = await smdp.order();
    const result = await report(await bound(profile), succeeded);
    await notify(smdp, result);
    expect(await smdp.points(profile)).toEqual(['1', '3', '4']);
  });

  it('of each eUICC, where a code is good for several', async () => {
    const profile = await smdp.order({ reuse: 'per-device' });
    const [one, other] = [await bound(profile), await bound(profile)];
    await report(one, succeeded);
    await report(other, succeeded);
    expect(await smdp.points(profile)).toEqual(['1', '3', '1', '3', '4', '4']);
    const eids = (await smdp.told(profile)).map((message) => (message as unknown as { eid: string }).eid);
    const [first, second] = [one.material.eid, other.material.eid];
    expect(eids).toEqual([first, first, second, second, first, second]);
  });

  it.each([
    ['failed', failedBecause(ErrorReason.installFailedDueToPEProcessingError), '4 8.2.10/4.2'],
    ['succeeded', succeeded, '4'],
  ] as const)('that an installation %s whose device has cancelled before', async (_, result, last) => {
    const [unsigned, signed] = [await smdp.order(), await smdp.order()];
    const [one, other] = [await bound(unsigned), await bound(signed)];
    await one.conversation.cancel('endUserRejection', { cancelSessionResponse: noSuchSession });
    await other.conversation.cancel('endUserRejection');
    for (const reported of [one, other]) await report(reported, result);
    expect(await smdp.points(unsigned)).toEqual(['1', '3', last]);
    expect(await smdp.points(signed)).toEqual(['1', '3', '3 8.8.5/3.8', last]);
  });

  it('of a device that has asked for a one-time code, and comes after another was served', async () => {
    const profile = await smdp.order();
    const [first, late] = [
      await Conversation.authenticated(smdp, with_(profile)),
      await Conversation.authenticated(smdp, with_(profile)),
    ];
    await first.bind();
    expect((await late.bind()).status).toBe('8.2/3.7');
    expect(await smdp.points(profile)).toEqual(['1', '1', '3', '3 8.2/3.7']);
    const eids = (await smdp.told(profile)).map((message) => (message as unknown as { eid: string }).eid);
    const [one, other] = [first.device.eid, late.device.eid];
    expect(eids).toEqual([one, other, one, other]);
  });

  it.each([
    ['endUserRejection', '8.8.5/3.8'],
    ['pprNotAllowed', '8.2.8/1.2'],
    ['metadataMismatch', '8.2.9/3.11'],
    ['loadBppExecutionError', '8.2.10/4.2'],
    ['undefinedReason', '8/4.2'],
  ] as const)('of a device that cancels with %s: %s', async (reason, status) => {
    const [before, after] = [await smdp.order(), await smdp.order()];
    await (await Conversation.authenticated(smdp, with_(before))).cancel(reason);
    await (await Conversation.bound(smdp, with_(after))).cancel(reason);
    expect(await smdp.points(before)).toEqual(['1', `2 ${status}`]);
    expect(await smdp.points(after)).toEqual(['1', '3', `3 ${status}`]);
  });

  it.each(['postponed', 'timeout'] as const)(
    'nothing of a device that cancels with %s: the order stays',
    async (reason) => {
      const profile = await smdp.order();
      await (await Conversation.bound(smdp, with_(profile))).cancel(reason);
      expect(await smdp.points(profile)).toEqual(['1', '3']);
    },
  );

  it('of confirmation codes that are missing, wrong, and wrong too often', async () => {
    const profile = await smdp.order({ confirmationCode: '2468', confirmationCodeAttempts: 1 });
    const conversation = await Conversation.authenticated(smdp, with_(profile));
    for (const code of [undefined, '0000', '2468']) await conversation.bindWithCode(code);
    expect(await smdp.points(profile)).toEqual(['1', '2 8.2.7/2.2', '2 8.2.7/3.8', '2 8.2.7/6.4']);
  });

  it('of a confirmation code that was right after all', async () => {
    const profile = await smdp.order({ confirmationCode: '2468' });
    const conversation = await Conversation.authenticated(smdp, with_(profile));
    for (const code of ['0000', '2468']) await conversation.bindWithCode(code);
    expect(await smdp.points(profile)).toEqual(['1', '2 8.2.7/3.8', '3']);
  });

  it('that an eUICC is not eligible, each time, and the order stays', async () => {
    const profile = await smdp.order({ profileType: 'generic-ppr1' });
    const traits = { forbiddenPolicyRules: ['ppr1'] as const };
    for (let round = 0; round < 2; round++) {
      const conversation = await Conversation.initiated(smdp, with_(profile, { traits }));
      expect((await conversation.authenticate()).status).toBe('8.2.5/4.3');
    }
    expect(await smdp.points(profile)).toEqual(['1 8.2.5/4.3', '1 8.2.5/4.3']);
    expect(await smdp.history(profile)).toEqual([]);
    expect((await smdp.profile(profile)).state).toBe('Released');
  });

  it('that an eUICC has too little memory', async () => {
    const profile = await smdp.order();
    const traits = { nonVolatileMemory: 1000 };
    await (await Conversation.initiated(smdp, with_(profile, { traits }))).authenticate();
    expect(await smdp.points(profile)).toEqual(['1 8.1/4.8']);
  });

  it.each([
    ['has expired', { validUntil: '2020-01-01T00:00:00Z' }, '8.8.5/4.10'],
    ['has no attempts left', { downloadAttempts: 0 }, '8.8.5/6.4'],
  ])('that its order %s, once', async (_, request, status) => {
    const profile = await smdp.order(request);
    for (let round = 0; round < 2; round++) {
      const conversation = await Conversation.initiated(smdp, with_(profile));
      expect((await conversation.authenticate()).status).toBe(status);
    }
    expect(await smdp.points(profile)).toEqual([`1 ${status}`]);
  });

  it('nothing of devices that want what they cannot have', async () => {
    const profile = await smdp.order({ state: 'Confirmed' });
    const conversation = await Conversation.initiated(smdp, with_(profile));
    await expectRefusal(smdp, profile, '8.2/1.2', () => conversation.authenticate());
    expect(await smdp.points(profile)).toEqual([]);
  });

  it('as soon as something is queued, and not for nothing', async () => {
    const before = smdp.woken();
    const profile = await smdp.order();
    const conversation = await Conversation.initiated(smdp, with_(profile));
    expect(smdp.woken()).toBe(before);
    await conversation.authenticate();
    expect(smdp.woken()).toBe(before + 1);
  });
});

describe('nobody is told', () => {
  const download = async (profile: Profile): Promise<void> => {
    await smdp.device().download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
  };

  it.each([
    ['has no operator', null],
    ['has one that nobody registered', 'unregistered'],
    ['has one that does not want to be told', 'quiet'],
  ])('of a profile that %s', async (_, of) => {
    await smdp.register({ identifier: 'quiet', callbackUrl: null });
    const profile = await smdp.order({}, of);
    await download(profile);
    expect(await smdp.told(profile)).toEqual([]);
  });

  it('of a refusal that leaves no trace either', async () => {
    const profile = await smdp.order({ profileType: 'generic-ppr1' }, null);
    const traits = { forbiddenPolicyRules: ['ppr1'] as const };
    const conversation = await Conversation.initiated(smdp, with_(profile, { traits }));
    await expectRefusal(smdp, profile, '8.2.5/4.3', () => conversation.authenticate());
  });

  it('of what happens to an installed profile, unless it has numbers for that', async () => {
    const profile = await smdp.order();
    const device = smdp.device();
    await device.download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
    device.enable(profile.iccid);
    await device.sendNotifications();
    expect(await smdp.points(profile)).toEqual(['1', '3', '4']);
    await smdp.register({ notificationPointIds: { disable: 102, delete: 5 } });
    device.disable(profile.iccid);
    device.enable(profile.iccid);
    device.disable(profile.iccid);
    device.delete(profile.iccid);
    await device.sendNotifications();
    expect(await smdp.points(profile)).toEqual(['1', '3', '4', '102', '102', '5']);
    await smdp.register({});
  });
});

describe('a one-time profile that was deleted', () => {
  const once = async (afterDeletion: 'staysSpent' | 'releasedAgain') => {
    const identifier = `${operator}.${afterDeletion}`;
    await smdp.register({ identifier, afterDeletion, callbackUrl: null });
    const profile = await smdp.order({}, identifier);
    const device = smdp.device();
    const order = { smdpAddress: smdp.address, matchingId: profile.matchingId! };
    await device.download(order);
    device.delete(profile.iccid);
    await device.sendNotifications();
    return { profile, device, order };
  };

  it('stays spent where its operator does not say otherwise', async () => {
    const { device, order } = await once('staysSpent');
    await expect(device.download(order)).rejects.toMatchObject({ status: '8.2.6/3.8' });
  });

  it('can be downloaded once more where its operator wants that, by whatever device comes first', async () => {
    const { profile, device, order } = await once('releasedAgain');
    expect(await smdp.profile(profile)).toMatchObject({
      state: 'Released',
      installedState: 'deleted',
      eid: null,
    });
    const other = smdp.device();
    expect(await other.download(order)).toMatchObject({ outcome: 'installed' });
    await expect(device.download(order)).rejects.toMatchObject({ status: '8.2.6/3.8' });
    expect((await smdp.profile(profile)).eid).toBe(other.eid);
  });

  it('is not released by the same notification again, when it has been downloaded meanwhile', async () => {
    const { profile, device, order } = await once('releasedAgain');
    const deletion = (await smdp.store.notifications(profile.id)).findLast(
      ({ operation }) => operation === 'delete',
    )!;
    await device.download(order);
    await notify(smdp, deletion.octets);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', installedState: 'disabled' });
  });
});
