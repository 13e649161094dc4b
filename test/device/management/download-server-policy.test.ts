import { describe, expect, it } from 'vitest';
import { address, downloadServer, Rig, openOffice, smdp, toPcs } from './support/management-system.js';

await openOffice();

/** The sentences of Microsoft's article on eSIM download servers, and of an MDM vendor's help page. */
describe('a policy with a download server', () => {
  it('gives each device the profile that the operator has made for its EID, installed and enabled', async () => {
    const rig = new Rig(3);
    const iccids = await rig.order();
    rig.system.put('esim', downloadServer(), toPcs);
    await rig.sync();
    expect([...rig.pcs.keys()].map((name) => rig.iccidsOn(name)[0])).toEqual(iccids);
    expect(rig.devices.get('pc-1')!.profiles()[0]!.state).toBe('enabled');
    expect(rig.system.status('esim')).toMatchObject({
      activation: { Active: 3 },
      assignment: { Succeeded: 3 },
    });
    expect(rig.statusOf('esim', 'pc-2').iccid).toBe(iccids[1]);
  });

  it('uses only the first of several server names', async () => {
    const rig = new Rig(1);
    await rig.order();
    rig.system.put('esim', downloadServer({ serverNames: [address, 'other.example.com'] }), toPcs);
    await rig.sync();
    expect([...rig.pcs.get('pc-1')!.state.servers.keys()]).toEqual([address]);
    const { remarksOn } = await import('../../../src/device/management/policy/index.js');
    expect(remarksOn(rig.system.policy('esim').content)).toEqual([
      `only the first server name counts: ${address}; ignored: other.example.com`,
    ]);
  });

  it.each([
    ['https:// before the server name', { serverNames: ['https://smdp.example.com'] }, 'has a scheme'],
    ['no server name', { serverNames: [] }, 'is missing'],
    [
      'AutoEnable off where the local UI is off',
      { displayLocalUi: false, autoEnable: false },
      'must be true',
    ],
  ])('refuses %s', (_, changes, message) => {
    expect(() => new Rig(1).system.put('esim', downloadServer(changes), toPcs)).toThrow(message);
  });

  it('switches the local UI off and on', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', downloadServer({ displayLocalUi: false }), toPcs);
    await rig.sync();
    expect(rig.pcs.get('pc-1')!.state.localUiEnabled).toBe(false);
    rig.system.remove('esim');
    await rig.sync();
    expect(rig.pcs.get('pc-1')!.state.localUiEnabled).toBe(true);
  });

  it('leaves the profile disabled without AutoEnable, and the user may enable it', async () => {
    const rig = new Rig(1);
    const [iccid] = await rig.order();
    rig.system.put('esim', downloadServer({ autoEnable: false }), toPcs);
    await rig.sync();
    const device = rig.devices.get('pc-1')!;
    expect(device.profiles()[0]!.state).toBe('disabled');
    expect(device.enable(iccid!)).toBe('ok');
  });

  it('may name an SM-DS', async () => {
    const rig = new Rig(1);
    const { eid } = rig.devices.get('pc-1')!;
    const { iccid } = await smdp.profiles.create({ eid, smdsAddress: 'smds.localhost' });
    rig.system.put(
      'esim',
      downloadServer({ serverNames: ['smds.localhost'], isDiscoveryServer: true }),
      toPcs,
    );
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
    expect(rig.statusOf('esim', 'pc-1').activationStatus).toBe('Active');
  });

  it('is "successful" when it is applied, even if there is no profile', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', downloadServer(), toPcs);
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      ...{ assignmentStatus: 'Succeeded', activationStatus: 'Activation fail', iccid: undefined },
    });
    expect(rig.iccidsOn('pc-1')).toEqual([]);
  });

  it('is an error on a device without eSIM, which the management system cannot know before', async () => {
    const rig = new Rig(2);
    rig.pcs.get('pc-2')!.configure({ hasEuicc: false });
    await rig.order();
    rig.system.put('esim', downloadServer(), toPcs);
    expect(rig.system.status('esim').assignment).toMatchObject({ Pending: 2 });
    await rig.sync();
    expect(rig.system.status('esim').assignment).toMatchObject({ Succeeded: 1, Error: 1 });
  });

  it.each([19_045, 21_999])('is an error on a PC with build %d', async (build) => {
    const rig = new Rig(1, { build });
    rig.system.put('esim', downloadServer(), toPcs);
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      assignmentStatus: 'Error',
      error: expect.stringContaining('406') as string,
    });
  });

  it('becomes an error on a PC that turns out to have an old build, until Windows is updated', async () => {
    const rig = new Rig(1);
    await rig.order();
    rig.system.put('esim', downloadServer(), toPcs);
    await rig.sync();
    rig.pcs.get('pc-1')!.configure({ build: 19_045 });
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      ...{ assignmentStatus: 'Error', activationStatus: 'Activation fail', deviceState: 'error' },
      error: 'this build of Windows has no download servers; they came with build 22000',
    });
    rig.pcs.get('pc-1')!.configure({ build: 22_631 });
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      ...{ assignmentStatus: 'Succeeded', activationStatus: 'Active', deviceState: 'installed' },
      error: undefined,
    });
  });

  it('works at any time, also for a profile that is ordered later', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', downloadServer(), toPcs);
    await rig.sync();
    const iccids = await rig.order();
    rig.system.assign('esim', toPcs, 'all');
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual(iccids);
  });

  it('may be for user groups', async () => {
    const rig = new Rig(2);
    await rig.order();
    rig.system.directory.set('people', { devices: [], users: ['anna@example.com'] });
    rig.system.enrol('pc-2', 'anna@example.com');
    rig.system.put('esim', downloadServer(), { include: ['people'], exclude: [] });
    await rig.sync();
    expect([rig.iccidsOn('pc-1').length, rig.iccidsOn('pc-2').length]).toEqual([0, 1]);
  });

  it('may be for all devices, or for none', async () => {
    const rig = new Rig(2);
    await rig.order();
    rig.system.put('esim', downloadServer(), { include: [], exclude: [] });
    await rig.sync();
    expect(rig.system.status('esim').devices).toEqual([]);
    rig.system.assign('esim', { include: ['*'], exclude: [] });
    await rig.sync();
    expect(rig.system.status('esim').activation).toMatchObject({ Active: 2 });
  });
});

describe('the profile of a download server', () => {
  const installed = async (): Promise<{ rig: Rig; iccid: string }> => {
    const rig = new Rig(1);
    const [iccid] = await rig.order();
    rig.system.put('esim', downloadServer(), toPcs);
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
    return { rig, iccid: iccid! };
  };

  it('stays active when the policy is removed', async () => {
    const { rig, iccid } = await installed();
    rig.system.remove('esim');
    await rig.sync();
    expect(rig.devices.get('pc-1')!.profiles()).toMatchObject([{ iccid, state: 'enabled' }]);
    expect(rig.pcs.get('pc-1')!.state.servers.size).toBe(0);
  });

  it.each(['retire', 'unenrol', 'wipe'] as const)('stays when the device is told to %s', async (how) => {
    const { rig, iccid } = await installed();
    rig.system.end('pc-1', how);
    await rig.pcs.get('pc-1')!.idle();
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
  });

  it('stays when the device leaves the group', async () => {
    const { rig, iccid } = await installed();
    rig.system.directory.set('pcs', { devices: [], users: [] });
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
  });

  it('goes when the user removes it by hand', async () => {
    const { rig, iccid } = await installed();
    const device = rig.devices.get('pc-1')!;
    device.disable(iccid);
    device.delete(iccid);
    await device.sendNotifications();
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1').deviceState).toBe('removedByUser');
    expect(await smdp.profiles.get(iccid)).toMatchObject({ installedState: 'deleted' });
  });

  it('goes with an eUICC reset, which leaves the policy', async () => {
    const { rig } = await installed();
    rig.system.resetEuicc('pc-1');
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual([]);
    expect(rig.pcs.get('pc-1')!.state.servers.has(address)).toBe(true);
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({
      assignmentStatus: 'Succeeded',
      deviceState: 'deleted',
    });
  });

  it('is not downloaded again by the same policy, until the eUICC is reset and the operator lets it be', async () => {
    const { rig, iccid } = await installed();
    rig.system.assign('esim', toPcs, 'all');
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({ activationStatus: 'Activation fail' });
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
    rig.system.resetEuicc('pc-1');
    await rig.sync();
    await smdp.profiles.reset(iccid);
    rig.system.assign('esim', toPcs, 'all');
    await rig.sync();
    expect(rig.statusOf('esim', 'pc-1')).toMatchObject({ activationStatus: 'Active' });
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
  });

  it('comes to a wiped device after its old record is deleted and it is enrolled again', async () => {
    const { rig } = await installed();
    rig.system.resetEuicc('pc-1');
    await rig.sync();
    rig.system.end('pc-1', 'wipe');
    expect(() => rig.system.enrol('pc-1')).toThrow('its old record still exists');
    rig.system.removeRecord('pc-1');
    rig.system.enrol('pc-1');
    const [iccid] = await rig.order();
    await rig.sync();
    expect(rig.iccidsOn('pc-1')).toEqual([iccid]);
  });
});

describe('the documents of a device', () => {
  it('are kept, the newest of them', async () => {
    const rig = new Rig(1);
    rig.system.put('esim', downloadServer(), toPcs);
    for (let round = 0; round < 5; round++) await rig.sync();
    const { documents } = rig.system.record('pc-1');
    expect(documents).toHaveLength(40);
    expect(documents.at(-1)).toMatchObject({ from: 'device' });
  });
});
