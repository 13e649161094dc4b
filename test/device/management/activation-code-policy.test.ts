import { describe, expect, it } from 'vitest';
import { PolicyRefused } from '../../../src/device/management/policy/index.js';
import {
  address,
  codeList,
  downloadServer,
  Rig,
  openOffice,
  smdp,
  toPcs,
} from './support/management-system.js';

await openOffice();

/** The sentences of Microsoft's article "Configure eSIM cellular profiles in Intune" that a server and its devices can show. */
describe('a policy with activation codes', () => {
  it('lets each device download and enable the profile of its code', async () => {
    const rig = new Rig(2);
    rig.system.put('esim', await codeList(2), toPcs);
    await rig.sync();
    const { devices, activation } = rig.system.status('esim');
    expect(activation).toMatchObject({ Active: 2 });
    for (const { deviceName, iccid } of devices) {
      expect(rig.devices.get(deviceName)!.profiles()).toMatchObject([{ iccid, state: 'enabled' }]);
      expect(await smdp.profiles.get(iccid!)).toMatchObject({ state: 'Installed' });
    }
  });

  it('uses each code once', async () => {
    const rig = new Rig(3);
    rig.system.put('esim', await codeList(3), toPcs);
    await rig.sync();
    expect(new Set(rig.system.status('esim').devices.map(({ iccid }) => iccid)).size).toBe(3);
  });

  it('hands the codes out at random', async () => {
    const rig = new Rig(4);
    const list = await codeList(20);
    rig.system.put('esim', list, toPcs);
    for (const name of rig.pcs.keys()) rig.system.checkIn(name);
    const given = rig.system.status('esim').devices.map(({ iccid }) => iccid);
    expect(given).not.toEqual(list.codes.slice(0, 4).map(({ iccid }) => iccid));
    for (const pc of rig.pcs.values()) await pc.idle();
  });

  it('has no code for a device when the list is used up', async () => {
    const rig = new Rig(2);
    rig.system.put('esim', await codeList(1), toPcs);
    await rig.sync();
    expect(rig.system.status('esim').assignment).toMatchObject({ Succeeded: 1, Error: 1 });
    expect(rig.statusOf('esim', 'pc-2').error).toBe('no activation code is left in the list');
  });

  it('refuses two lists of one provider: "The request is invalid"', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', await codeList(1), toPcs);
    const second = await codeList(1);
    expect(() => rig.system.put('more', second, toPcs)).toThrow('The request is invalid');
    expect(() => rig.system.put('esim', second, toPcs)).toThrow('The request is invalid');
  });

  it('takes more devices after its list was removed, and uploaded with old and new codes', async () => {
    const rig = new Rig(2);
    const list = await codeList(1);
    rig.system.put('esim', list, toPcs);
    await rig.sync('pc-1');
    rig.system.remove('esim');
    const codes = [...list.codes, ...(await codeList(1)).codes];
    const remarks = rig.system.put('esim', { ...list, codes }, toPcs);
    expect(remarks).toEqual([expect.stringContaining('handed out before: 1')]);
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual([list.codes[0]!.iccid]);
    expect(rig.iccidsOn('pc-2')).toEqual([codes[1]!.iccid]);
    expect(rig.system.status('esim').activation).toMatchObject({ Active: 2 });
  });

  it('is for devices, not for users', async () => {
    const { system } = new Rig(1);
    system.directory.set('people', { devices: [], users: ['anna@example.com'] });
    const list = await codeList(1);
    expect(() => system.put('esim', list, { include: ['people'], exclude: [] })).toThrow(PolicyRefused);
    expect(() => system.put('esim', downloadServer(), { include: ['people'], exclude: [] })).not.toThrow();
  });

  it('includes and excludes groups', async () => {
    const rig = new Rig(3);
    rig.system.directory.set('left out', { devices: ['pc-2'], users: [] });
    rig.system.put('esim', await codeList(3), { include: ['pcs'], exclude: ['left out'] });
    await rig.sync();
    expect(rig.iccidsOn('pc-2')).toEqual([]);
    expect(rig.system.status('esim').devices.map(({ deviceName }) => deviceName)).toEqual(['pc-1', 'pc-3']);
  });

  it('refuses an assignment to a group that does not exist', async () => {
    const list = await codeList(1);
    expect(() => new Rig(1).system.put('esim', list, { include: ['nobody'], exclude: [] })).toThrow(
      "there is no group 'nobody'",
    );
  });

  it('is called after the first label of its SM-DP+', async () => {
    const { subscriptionPoolOf } = await import('../../../src/device/management/policy/index.js');
    const list = await codeList(1);
    expect(subscriptionPoolOf({ ...list, smdpAddress: 'smdp.skynet.mobile' })).toBe('smdp');
  });
});

describe('its status', () => {
  it('is "Device not synced" until the device contacts the management system', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', await codeList(1), toPcs);
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      ...{ activationStatus: 'Device not synced', assignmentStatus: 'Pending', deviceState: 'notEvaluated' },
      lastCheckIn: undefined,
    });
  });

  it('is "Activation pending" while the code is being installed, then "Active"', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', await codeList(1), toPcs);
    rig.system.checkIn('pc-1');
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      activationStatus: 'Activation pending',
      deviceState: 'installing',
    });
    await rig.pcs.get('pc-1')!.idle();
    rig.system.checkIn('pc-1');
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      ...{ activationStatus: 'Active', deviceState: 'installed', errorDetail: 0 },
      lastCheckIn: expect.any(Number) as number,
    });
  });

  it('is "Activation fail" when the installation failed', async () => {
    const rig = new Rig(1);
    const { codes, ...list } = await codeList(1);
    await smdp.profiles.cancel(codes[0]!.iccid);
    rig.system.put('esim', { ...list, codes }, toPcs);
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      ...{ activationStatus: 'Activation fail', deviceState: 'error' },
      error: expect.stringMatching(/^ErrorDetail \d+ \(/) as string,
    });
  });

  it('is "Activation fail" when the server cannot be reached, and its order stays Released', async () => {
    const rig = new Rig(1);
    const { codes, ...list } = await codeList(1);
    rig.system.put('esim', { ...list, codes, smdpAddress: 'localhost:1' }, toPcs);
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      ...{ activationStatus: 'Activation fail', deviceState: 'error', errorDetail: 14 },
    });
    expect((await smdp.profiles.get(codes[0]!.iccid)).state).toBe('Released');
  });

  it('is an error on a device without eSIM', async () => {
    const rig = new Rig(1, { hasEuicc: false });
    rig.system.put('esim', await codeList(1), toPcs);
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({ assignmentStatus: 'Error', deviceState: 'failed' });
  });

  it('is an error on a Windows that is too old for IsEnabled', async () => {
    const rig = new Rig(1, { build: 16_299 });
    rig.system.put('esim', await codeList(1), toPcs);
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1').error).toMatch(/IsEnabled: 406/);
  });

  it('says that the user has removed the profile', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', await codeList(1), toPcs);
    await rig.sync();
    const [iccid] = rig.iccidsOn('pc-1');
    const device = rig.devices.get('pc-1')!;
    device.disable(iccid!);
    device.delete(iccid!);
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({ deviceState: 'removedByUser' });
  });

  it('counts devices of other platforms as not applicable', async () => {
    const rig = new Rig(1);
    rig.system.put('url', { kind: 'serverUrl', url: `https://${address}` }, toPcs);
    await rig.sync();
    expect(rig.system.status('url').assignment).toMatchObject({ 'Not applicable': 1 });
  });
});

describe('the profile of an activation code', () => {
  const installed = async (): Promise<{ rig: Rig; iccid: string }> => {
    const rig = new Rig(1);
    rig.system.put('esim', await codeList(2), toPcs);
    await rig.sync();
    return { rig, iccid: rig.iccidsOn('pc-1')[0]! };
  };
  const isGone = async ({ rig, iccid }: { rig: Rig; iccid: string }): Promise<void> => {
    await rig.pcs.get('pc-1')!.idle();
    expect(rig.iccidsOn('pc-1')).toEqual([]);
    expect(await smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed', installedState: 'deleted' });
  };

  it('is removed when the device has left the group and contacts the management system', async () => {
    const it = await installed();
    it.rig.system.directory.set('pcs', { devices: [], users: [] });
    expect(it.rig.iccidsOn('pc-1')).toEqual([it.iccid]);
    it.rig.system.checkIn('pc-1');
    await isGone(it);
  });

  it.each(['retire', 'unenrol', 'wipe'] as const)('is removed when the device is told to %s', async (how) => {
    const it = await installed();
    it.rig.system.end('pc-1', how);
    await isGone(it);
    expect(it.rig.statusOf('esim', 'pc-1')).toMatchObject({ deviceState: 'deleted' });
    expect(() => it.rig.system.checkIn('pc-1')).toThrow('is ');
  });

  it('stays when the policy is removed', async () => {
    const { rig, iccid } = await installed();
    rig.system.remove('esim');
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
  });

  it('stays billed when it is deleted: the order remains Installed', async () => {
    const it = await installed();
    it.rig.system.end('pc-1', 'retire');
    await isGone(it);
  });

  it('is replaced by that of another code when the device is enrolled again', async () => {
    const { rig, iccid } = await installed();
    rig.system.end('pc-1', 'retire');
    await rig.pcs.get('pc-1')!.idle();
    rig.system.enrol('pc-1', 'anna@example.com');
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toHaveLength(1);
    expect(rig.iccidsOn('pc-1')).not.toContain(iccid);
    expect(rig.statusOf('esim', 'pc-1').user).toBe('anna@example.com');
  });

  it('cannot be installed again with a code that is spent', async () => {
    const { rig, iccid } = await installed();
    const other = new Rig(1);
    const { matchingId } = await smdp.profiles.get(iccid);
    const again = {
      kind: 'activationCodes',
      smdpAddress: address,
      codes: [{ iccid, matchingId: matchingId! }],
    } as const;
    other.system.put('again', again, toPcs);
    await other.sync();
    expect(other.statusOf('again', 'pc-1')).toMatchObject({ activationStatus: 'Activation fail' });
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
  });
});

it('gives a device another code when its code has failed and the policy is deployed again', async () => {
  const rig = new Rig(1);
  const { codes, ...list } = await codeList(2);
  const rule = await smdp.faults.add({ function: 'authenticateClient', refuse: '8.8.5/4.10' });
  rig.system.put('esim', { ...list, codes }, toPcs);
  await rig.sync();
  await smdp.faults.remove(rule.id);
  const failed = rig.statusOf('esim', 'pc-1');
  expect(failed).toMatchObject({ activationStatus: 'Activation fail', errorDetail: 13 });
  rig.system.assign('esim', toPcs, 'failed');
  await rig.sync();
  expect(rig.statusOf('esim', 'pc-1')).toMatchObject({ activationStatus: 'Active', errorDetail: 0 });
  expect(rig.iccidsOn('pc-1')).not.toContain(failed.iccid);
});
