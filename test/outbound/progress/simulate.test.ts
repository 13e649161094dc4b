import { describe, expect, it } from 'vitest';
import { LpaError, type DownloadOptions, type VirtualDevice } from '../../../src/device/index.js';
import {
  prepareProfile,
  simulate,
  simulatedFailures,
  type ProfileRequest,
  type SimulatedFailure,
} from '../../../src/orders/index.js';
import { decode } from '../../../src/wire/asn1/index.js';
import { ProfileInstallationResultData } from '../../../src/wire/rsp/index.js';
import type { Profile } from '../../../src/store/index.js';
import { requester, startTellingSmdp } from './support/told.js';

const smdp = await startTellingSmdp();
await smdp.register({ notificationPointIds: { enable: 101, disable: 102, delete: 103 } });

const context = { ...smdp.context, address: smdp.address, smdpOid: requester };
const eid = '89049032000000000000000000000163';

type Wish = Omit<Parameters<typeof simulate>[1], 'profileId' | 'eid'>;
const simulated = (profile: Profile, wish: Wish, device = eid) =>
  simulate(context, { profileId: profile.id, eid: device, ...wish });

/** Everything that may differ between two downloads, replaced. */
function withoutIds(text: string, { iccid }: Profile, device: string): string {
  const message = JSON.parse(text) as { resultData?: string };
  const { resultData, ...rest } = message;
  const told = JSON.stringify(rest)
    .replace(/"functionCallIdentifier":"[0-9A-F]{32}"/, '"functionCallIdentifier":"CALL"')
    .replace(/"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/, '"timestamp":"TIME"')
    .replaceAll(iccid, 'ICCID')
    .replaceAll(device, 'EID');
  if (resultData === undefined) return told;
  const { transactionId, notificationMetadata, ...result } = decode(
    ProfileInstallationResultData,
    Buffer.from(resultData, 'base64'),
  );
  return (
    told + JSON.stringify({ ...result, notificationMetadata: { ...notificationMetadata, iccid: undefined } })
  );
}

/** What the server and the operator know after a download. */
async function tracesOf(profile: Profile, device: string): Promise<object> {
  const calls = await smdp.store.listCallbacks({ iccid: profile.iccid }, 1000);
  const { state, errorStatus, installedState, installedSeqNumber, confirmationCodeAttemptsLeft } =
    await smdp.profile(profile);
  const history = (await smdp.history(profile)).filter(({ eid: by }) => by === device);
  const notifications = await smdp.store.notifications(profile.id);
  return {
    told: calls.map(({ body }) => withoutIds(body, profile, device)).reverse(),
    profile: { state, errorStatus, installedState, installedSeqNumber, confirmationCodeAttemptsLeft },
    history: history.map(({ trigger, from, to, cause, status }) => ({ trigger, from, to, cause, status })),
    notifications: notifications.map(({ operation, seqNumber }) => ({ operation, seqNumber })),
  };
}

/** Two profiles: one for a real device, one for the simulation. */
const twoProfiles = async (request: ProfileRequest = {}): Promise<readonly [Profile, Profile]> => [
  await smdp.order(request),
  await smdp.order(request),
];

async function attempt(
  device: VirtualDevice,
  profile: Profile,
  options: DownloadOptions = {},
): Promise<void> {
  try {
    await device.download({ smdpAddress: smdp.address, matchingId: profile.matchingId!, ...options });
  } catch (error) {
    if (!(error instanceof LpaError)) throw error;
  }
}

describe('a simulated download', () => {
  it('leaves the traces of a real one, byte for byte, and so do enabling, disabling and deleting', async () => {
    const [real, other] = await twoProfiles();
    const device = smdp.device({ eid });
    const twin = '89049032000000000000000000000260';
    await attempt(device, real);
    expect(await simulated(other, {}, twin)).toEqual(
      ['start', 'download', 'install'].map((name) => ({ name })),
    );
    expect(await tracesOf(other, twin)).toEqual(await tracesOf(real, eid));
    for (const [change, until] of [
      ['enable', 'enabled'],
      ['disable', 'disabled'],
      ['delete', 'deleted'],
    ] as const) {
      device[change](real.iccid);
      await device.sendNotifications();
      expect(await simulated(other, { until }, twin)).toEqual([{ name: change }]);
      expect(await tracesOf(other, twin)).toEqual(await tracesOf(real, eid));
    }
    expect(await smdp.points(other)).toEqual(['1', '3', '4', '101', '102', '103']);
  });

  it.each<[SimulatedFailure, DownloadOptions]>([
    ['endUserRejection', { cancel: 'endUserRejection' }],
    ['postponed', { cancel: 'postponed' }],
    ['timeout', { cancel: 'timeout' }],
    ['pprNotAllowed', { cancel: 'pprNotAllowed' }],
    ['metadataMismatch', { cancel: 'metadataMismatch' }],
    ['undefinedReason', { cancel: 'undefinedReason' }],
    ['loadBppExecutionError', { cancel: 'loadBppExecutionError', cancelAfter: 'getBoundProfilePackage' }],
    ['confirmationCodeMissing', {}],
    ['confirmationCodeWrong', { confirmationCode: 'wrong' }],
  ])('that fails with %s leaves the traces of a real one', async (fail, options) => {
    const hasCode = fail.startsWith('confirmationCode');
    const [real, other] = await twoProfiles(hasCode ? { confirmationCode: '1234' } : {});
    const device = smdp.device();
    await attempt(device, real, options);
    await simulated(other, { fail });
    expect(await tracesOf(other, eid)).toEqual(await tracesOf(real, device.eid));
  });

  it('fails at an installation as a real one', async () => {
    const [real, other] = await twoProfiles({ reuse: 'unlimited' });
    const device = smdp.device();
    await attempt(device, real);
    await attempt(device, real);
    await simulated(other, {});
    await simulated(other, { fail: 'installFailedDueToIccidAlreadyExistsOnEuicc' });
    expect(await smdp.points(real)).toEqual(['1', '3', '4', '1', '3', '4 8.2.10/4.2']);
    expect(await tracesOf(other, eid)).toEqual(await tracesOf(real, device.eid));
  });

  it.each<[SimulatedFailure, string]>([
    ['expired', '1 8.8.5/4.10 Error'],
    ['noAttemptsLeft', '1 8.8.5/6.4 Error'],
    ['notEligible', '1 8.2.5/4.3 Released'],
    ['notEnoughMemory', '1 8.1/4.8 Released'],
    ['noConfirmationCodeAttemptsLeft', '1 2 8.2.7/6.4 Error'],
    ['otherDeviceFirst', '1 3 8.2/3.7 Released'],
    ['expiredMeanwhile', '1 3 8.8.5/4.10 Error'],
    ['installFailedDueToInterruption', '1 3 4 8.2.10/4.2 Downloaded'],
    ['installPprNotAllowed', '1 3 4 8.2.10/4.2 Error'],
  ])('that fails with %s tells the operator: %s', async (fail, expected) => {
    const profile = await smdp.order({ confirmationCode: '1234' });
    await simulated(profile, { fail });
    const { state } = await smdp.profile(profile);
    expect([...(await smdp.points(profile)), state].join(' ')).toBe(expected);
  });

  it('fails in every way that has a name', async () => {
    for (const fail of simulatedFailures) {
      const profile = await smdp.order({ confirmationCode: '1234' });
      await expect(simulated(profile, { fail })).resolves.not.toHaveLength(0);
    }
  });

  it('goes on from where the device is', async () => {
    const profile = await smdp.order();
    expect(await simulated(profile, { until: 'downloaded' })).toHaveLength(2);
    expect(await simulated(profile, { until: 'installed' })).toEqual([{ name: 'install' }]);
    expect(await simulated(profile, { until: 'enabled' })).toEqual([{ name: 'enable' }]);
    expect(await simulated(profile, { until: 'deleted' })).toEqual([{ name: 'disable' }, { name: 'delete' }]);
  });

  it('installs what a real device has only downloaded', async () => {
    const profile = await smdp.order();
    const device = smdp.device();
    await attempt(device, profile, { stopAfter: 'getBoundProfilePackage' });
    expect(await simulated(profile, {}, device.eid)).toEqual([{ name: 'install' }]);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Installed', eid: device.eid });
  });

  it('gives each device of a shared code its own download', async () => {
    const profile = await smdp.order({ reuse: 'per-device' });
    const [one, other] = ['89049032000000000000000000000357', '89049032000000000000000000000454'] as const;
    await simulated(profile, {}, one);
    await simulated(profile, { until: 'enabled' }, other);
    expect(await simulated(profile, { until: 'enabled' }, one)).toEqual([{ name: 'enable' }]);
    await expect(simulated(profile, {}, one)).rejects.toMatchObject({ status: '8.2.6/3.8' });
  });

  it('can be followed by a real one', async () => {
    const profile = await smdp.order({ reuse: 'unlimited' });
    const device = smdp.device();
    await simulated(profile, { until: 'downloaded' }, device.eid);
    await attempt(device, profile);
    expect(device.profiles()).toMatchObject([{ iccid: profile.iccid }]);
  });
});

describe('a simulated download is refused', () => {
  it.each<[string, Wish, string]>([
    ['when the order is spent', {}, '8.2.6/3.8'],
    ['when the profile is enabled already', { until: 'enabled' }, '8.2.1/3.5'],
    ['when there is no code that could be wrong', { fail: 'confirmationCodeWrong' }, '8.2.6/3.8'],
  ])('%s', async (_, wish, status) => {
    const profile = await smdp.order();
    await simulated(profile, { until: 'enabled' });
    const before = await tracesOf(profile, eid);
    await expect(simulated(profile, wish)).rejects.toMatchObject({ status });
    expect(await tracesOf(profile, eid)).toEqual(before);
  });

  it('when the order is not confirmed, or of another EID', async () => {
    const { profile } = await prepareProfile(smdp.context, { state: 'Available' });
    await expect(simulated(profile, {})).rejects.toMatchObject({ status: '8.2.6/3.8' });
    const linked = await smdp.order({ eid: '89049032000000000000000000000551' });
    await expect(simulated(linked, {})).rejects.toMatchObject({ status: '8.1.1/3.8' });
    await expect(simulate(context, { profileId: 10_000, eid })).rejects.toMatchObject({
      status: '8.2.1/3.9',
    });
  });

  it('when the order needs no confirmation code, after the step before', async () => {
    const profile = await smdp.order();
    await expect(simulated(profile, { fail: 'confirmationCodeWrong' })).rejects.toMatchObject({
      status: '8.2.1/3.5',
    });
    expect(await smdp.points(profile)).toEqual(['1']);
  });
});
