import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readSyncMl } from '../../../src/device/management/syncml/index.js';
import { startMockSmdp } from '../../../src/library/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { whenDone } from '../../support/when-done.js';
import { addProfile, addServer, below, command, read, send, statuses, testPc } from './support/pc.js';

const smdp = await startMockSmdp({ certs: await testPkiFolder(), dsAddress: 'smds.localhost' });
whenDone(() => smdp.close());
const { address } = smdp;

const server = (name = address): string => `DownloadServers/${encodeURIComponent(name)}`;
const stateOf = (pc: ReturnType<typeof testPc>, name = address): string | undefined =>
  read(pc, below(`${server(name)}/DiscoveryState`));

describe('a profile by its activation code', () => {
  it('is downloaded after the answer, and enabled', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    const { iccid, matchingId } = await smdp.profiles.create();
    expect(statuses(pc, addProfile(iccid, address, matchingId!))).toEqual([200, 200, 200, 200]);
    expect(read(pc, below(`Profiles/${iccid}/State`))).toBe('1');
    await pc.idle();
    expect(read(pc, below(`Profiles/${iccid}/State`))).toBe('2');
    expect(read(pc, below(`Profiles/${iccid}/ErrorDetail`))).toBe('0');
    expect(read(pc, below(`Profiles/${iccid}/IsEnabled`))).toBe('true');
    expect(device.profiles()).toMatchObject([{ iccid, state: 'enabled' }]);
    expect(await smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed', installedState: 'enabled' });
  });

  it('waits for both its server and its MatchingID', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    const { iccid, matchingId } = await smdp.profiles.create();
    send(pc, command('Add', below(`Profiles/${iccid}/MatchingID`), matchingId!));
    await pc.idle();
    expect(device.profiles()).toEqual([]);
    send(pc, command('Add', below(`Profiles/${iccid}/ServerName`), address));
    await pc.idle();
    expect(device.profiles()).toMatchObject([{ iccid, state: 'disabled' }]);
  });

  it('answers an Add that starts work with 202 if told so', async () => {
    const pc = testPc(smdp.device(), { addStatus: 202 });
    const { iccid, matchingId } = await smdp.profiles.create();
    expect(statuses(pc, addProfile(iccid, address, matchingId!))).toEqual([200, 202, 202, 200]);
    await pc.idle();
  });

  it('is enabled and disabled by IsEnabled, and the server is notified', async () => {
    const pc = testPc(smdp.device());
    const { iccid, matchingId } = await smdp.profiles.create();
    send(pc, addProfile(iccid, address, matchingId!));
    await pc.idle();
    expect(statuses(pc, command('Replace', below(`Profiles/${iccid}/IsEnabled`), 'false'))).toEqual([200]);
    await pc.idle();
    expect(await smdp.profiles.get(iccid)).toMatchObject({ installedState: 'disabled' });
  });

  it('is deleted with its node, and the server is notified', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    const { iccid, matchingId } = await smdp.profiles.create();
    send(pc, addProfile(iccid, address, matchingId!));
    await pc.idle();
    expect(statuses(pc, command('Delete', below(`Profiles/${iccid}`)))).toEqual([200]);
    expect(read(pc, below(`Profiles/${iccid}/State`))).toBe('3');
    await pc.idle();
    expect(read(pc, below('Profiles'))).toBe('');
    expect(device.profiles()).toEqual([]);
    expect(await smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed', installedState: 'deleted' });
  });

  it('stays in state Error if a policy rule forbids its deletion', async () => {
    const pc = testPc(smdp.device());
    const { iccid, matchingId } = await smdp.profiles.create({
      metadata: { profilePolicyRules: ['ppr2'], profileOwner: { mccMnc: '00101' } },
    });
    send(pc, addProfile(iccid, address, matchingId!));
    await pc.idle();
    send(pc, command('Delete', below(`Profiles/${iccid}`)));
    await pc.idle();
    expect(read(pc, below(`Profiles/${iccid}/State`))).toBe('4');
    expect(read(pc, below(`Profiles/${iccid}/ErrorDetail`))).toBe('5');
  });

  it('is refused or installed if the server offers another ICCID, as told', async () => {
    const { matchingId, iccid } = await smdp.profiles.create();
    const other = '8900100000000000002';
    const strict = testPc(smdp.device(), { otherIccid: 'refuse' });
    send(strict, addProfile(other, address, matchingId!));
    await strict.idle();
    expect(strict.state.profiles.get(other)).toMatchObject({ state: 4, errorDetail: 6 });
    const lenient = testPc(smdp.device());
    send(lenient, addProfile(other, address, matchingId!));
    await lenient.idle();
    expect(lenient.state.profiles.get(other)).toMatchObject({ state: 2, installedIccid: iccid });
    expect(read(lenient, below(`Profiles/${other}/IsEnabled`))).toBe('true');
  });

  it('is tried again after a Replace of its MatchingID', async () => {
    const pc = testPc(smdp.device());
    const { iccid, matchingId } = await smdp.profiles.create();
    send(pc, addProfile(iccid, address, 'WRONG'));
    await pc.idle();
    expect(read(pc, below(`Profiles/${iccid}/ErrorDetail`))).toBe('6');
    send(pc, command('Replace', below(`Profiles/${iccid}/MatchingID`), matchingId!));
    await pc.idle();
    expect(read(pc, below(`Profiles/${iccid}/State`))).toBe('2');
  });
});

describe('a download server', () => {
  it('brings the profile that is ordered for the EID, and enables it', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    const { iccid } = await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    expect(statuses(pc, addServer(address))).toEqual([200, 200, 200]);
    expect(stateOf(pc)).toBe('1');
    await pc.idle();
    expect(stateOf(pc)).toBe('3');
    expect(device.profiles()).toMatchObject([{ iccid, state: 'enabled' }]);
    expect(read(pc, below('Profiles'))).toBe(iccid);
    expect(read(pc, below(`Profiles/${iccid}/State`))).toBe('2');
  });

  it('does not enable the profile without AutoEnable, nor list it if told so', async () => {
    const device = smdp.device();
    const pc = testPc(device, { listsDiscovered: false, previewNodes: true });
    const { iccid } = await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    send(pc, command('Add', below(server())));
    await pc.idle();
    expect(device.profiles()).toMatchObject([{ iccid, state: 'disabled' }]);
    expect(read(pc, below('Profiles'))).toBe('');
    expect(read(pc, below(`${server()}/ICCID`))).toBe(iccid);
  });

  it.each([
    ['one', 1],
    ['all', 2],
  ] as const)('brings %s of two profiles, as told', async (profilesPerDiscovery, count) => {
    const device = smdp.device();
    const pc = testPc(device, { profilesPerDiscovery });
    for (let order = 0; order < 2; order++) await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    send(pc, addServer(address));
    await pc.idle();
    expect(device.profiles()).toHaveLength(count);
    expect(stateOf(pc)).toBe('3');
  });

  it('may be an SM-DS', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    const smdsAddress = 'smds.localhost';
    const { iccid } = await smdp.profiles.create({ eid: device.eid, smdsAddress });
    const isDs = command('Add', below(`${server(smdsAddress)}/IsDiscoveryServer`), 'true', 'bool');
    expect(statuses(pc, addServer(smdsAddress, isDs))).toEqual([200, 200, 200, 200]);
    await pc.idle();
    expect(pc.state.servers.get(smdsAddress)).toMatchObject({ discoveryState: 3, iccid });
    expect(device.profiles()).toMatchObject([{ iccid, state: 'enabled' }]);
  });

  it('fails if the SM-DS has no event, or is asked as an SM-DP+', async () => {
    const name = 'smds.localhost';
    const pc = testPc(smdp.device(), { maximumAttempts: 1 });
    send(pc, addServer(name, command('Add', below(`${server(name)}/IsDiscoveryServer`), 'true')));
    await pc.idle();
    expect(pc.state.servers.get(name)).toMatchObject({ discoveryState: 4, errorDetail: 0 });
    send(pc, command('Delete', below(server(name))), addServer(name));
    await pc.idle();
    expect(pc.state.servers.get(name)).toMatchObject({ discoveryState: 4, errorDetail: 13 });
  });

  it('is asked again as often as told, and gets what was ordered meanwhile', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    send(pc, addServer(address));
    await pc.idle();
    expect(pc.state.servers.get(address)).toMatchObject({ discoveryState: 4, errorDetail: 10, attempts: 3 });
    const { iccid } = await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    send(pc, command('Replace', below(server())));
    await pc.idle();
    expect(pc.state.servers.get(address)).toMatchObject({ discoveryState: 3, iccid });
  });

  it('is not asked again after errors that last', async () => {
    const rule = await smdp.faults.add({ function: 'authenticateClient', refuse: '8.2.6/3.8' });
    const pc = testPc(smdp.device());
    send(pc, addServer(address));
    await pc.idle();
    await smdp.faults.remove(rule.id);
    expect(pc.state.servers.get(address)).toMatchObject({ discoveryState: 4, errorDetail: 6, attempts: 1 });
  });

  it('is not asked for ever without a pause, if its node MaximumAttempts says 0', async () => {
    const pc = testPc(smdp.device(), { previewNodes: true });
    send(pc, addServer(address, command('Add', below(`${server()}/MaximumAttempts`), '0', 'int')));
    const attempts = (): number => pc.state.servers.get(address)!.attempts;
    await expect.poll(() => attempts() > 0 && stateOf(pc) === '1', { interval: 5 }).toBe(true);
    await pause(300);
    expect(attempts()).toBe(1);
  });

  it('is asked as often as its node MaximumAttempts says', async () => {
    const pc = testPc(smdp.device(), { previewNodes: true });
    send(pc, addServer(address, command('Add', below(`${server()}/MaximumAttempts`), '5', 'int')));
    await pc.idle();
    expect(pc.state.servers.get(address)).toMatchObject({ discoveryState: 4, attempts: 5 });
  });

  it('leaves its profile when it is deleted', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    send(pc, addServer(address));
    await pc.idle();
    expect(statuses(pc, command('Delete', below(server())))).toEqual([200]);
    await pc.idle();
    expect(device.profiles()).toHaveLength(1);
  });
});

describe('ResetToFactoryState', () => {
  it('is accepted, runs, deletes all profiles and leaves the download servers', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    const { iccid } = await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    send(pc, addServer(address));
    await pc.idle();
    expect(statuses(pc, command('Exec', below('Actions/ResetToFactoryState')))).toEqual([202]);
    expect(read(pc, below('Actions/Status'))).toBe('1');
    await pc.idle();
    expect(read(pc, below('Actions/Status'))).toBe('0');
    expect(device.profiles()).toEqual([]);
    expect(read(pc, below('DownloadServers'))).toBe(encodeURIComponent(address));
    expect(await smdp.profiles.get(iccid)).toMatchObject({ installedState: 'deleted' });
  });

  it('is followed by a new discovery if told so', async () => {
    const device = smdp.device();
    const pc = testPc(device, { discoversAfterReset: true });
    for (let order = 0; order < 2; order++) await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    send(pc, addServer(address));
    await pc.idle();
    const [first] = device.profiles();
    send(pc, command('Exec', below('Actions/ResetToFactoryState')));
    await pc.idle();
    expect(device.profiles()).toHaveLength(1);
    expect(device.profiles()[0]!.iccid).not.toBe(first!.iccid);
  });
});

describe('alert 1226', () => {
  const alerts = (text: string) => readSyncMl(text).commands.filter(({ data }) => data === '1226');

  it('reports the end in the next message, once', async () => {
    const pc = testPc(smdp.device());
    const { iccid, matchingId } = await smdp.profiles.create();
    send(pc, addProfile(iccid, address, matchingId!));
    send(pc, addProfile('8900100000000000002', address, 'WRONG'));
    await pc.idle();
    const items = alerts(pc.checkIn()).map(({ items }) => items[0]);
    expect(items).toEqual(
      ['2', '4'].map((data) => ({
        ...{ target: undefined, source: './Device/Vendor/MSFT/eUICCs', format: 'int', data },
        type: 'com.microsoft.mdm.euiccs.profilestate',
      })),
    );
    expect(alerts(pc.checkIn())).toEqual([]);
  });

  it('comes with the answer to the next document, from the node that changed if told so', async () => {
    const device = smdp.device();
    const pc = testPc(device, { alertSource: 'node', alertType: 'x' });
    send(pc, addProfile('8900100000000000002', address, 'WRONG'));
    await pc.idle();
    expect(alerts(pc.receive('<SyncBody/>'))[0]!.items[0]).toMatchObject({
      source: `./Device/Vendor/MSFT/eUICCs/${device.eid}/Profiles/8900100000000000002`,
      type: 'x',
    });
  });

  it('is not sent if told so', async () => {
    const pc = testPc(smdp.device(), { alerts: false });
    send(pc, addProfile('8900100000000000002', address, 'WRONG'));
    await pc.idle();
    expect(alerts(pc.checkIn())).toEqual([]);
  });
});
