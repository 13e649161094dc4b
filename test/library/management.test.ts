import { describe, expect, it } from 'vitest';
import { ControlError, startMockSmdp } from '../../src/library/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { whenDone } from '../support/when-done.js';

const smdp = await startMockSmdp({ certs: await testPkiFolder() });
whenDone(() => smdp.close());
const { management, devices } = smdp;

const get = (path: string): string =>
  `<Get><CmdID>1</CmdID><Item><Target><LocURI>./Device/Vendor/MSFT/eUICCs/Default/${path}</LocURI></Target></Item></Get>`;
const post = (path: string, body: string | Buffer, type: string): Promise<Response> =>
  fetch(`${smdp.operatorUrl}/api/v1${path}`, { method: 'POST', headers: { 'Content-Type': type }, body });

describe('SyncML over the control API', () => {
  it('is carried out by a PC, which answers it', async () => {
    const pc = await devices.create({ platform: 'windows' });
    expect(await management.syncMl(pc.name, get('Identifier'))).toContain(`<Data>${pc.eid}</Data>`);
    const answer = await post(`/devices/${pc.eid}/syncml`, get('IsActive'), 'application/vnd.syncml.dm+xml');
    expect(answer.headers.get('content-type')).toBe('application/vnd.syncml.dm+xml');
    expect(await answer.text()).toContain('<Data>true</Data>');
  });

  it('shows downloads as operations of the device', async () => {
    const pc = await devices.create({ platform: 'windows' });
    const { iccid, matchingId } = await smdp.profiles.create();
    const add = (name: string, value: string, id: number): string =>
      `<Add><CmdID>${id}</CmdID><Item><Target><LocURI>./Device/Vendor/MSFT/eUICCs/Default/Profiles/${iccid}/${name}</LocURI></Target><Data>${value}</Data></Item></Add>`;
    const body = add('ServerName', smdp.address, 1) + add('MatchingID', matchingId!, 2);
    await management.syncMl(pc.name, `<SyncBody>${body}</SyncBody>`);
    const { windows } = await management.device(pc.name, { wait: true });
    expect(windows!.profiles).toMatchObject([{ iccid, state: 2, errorDetail: 0, error: null }]);
    const { operations, profiles } = await devices.get(pc.name);
    expect(operations).toMatchObject([{ action: 'download', state: 'done' }]);
    expect(profiles).toMatchObject([{ iccid }]);
  });

  it.each([
    ['no XML', 'hello', 400, 'text data outside of root'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><SyncBody/>', 400, 'DOCTYPE'],
    ['nothing', '', 400, 'root element'],
    ['octets that are not UTF-8', Buffer.from([0xff, 0xfe, 0x3c]), 400, 'not UTF-8'],
    [
      'a document that is too long',
      `<SyncBody>${' '.repeat(300_000)}</SyncBody>`,
      413,
      'a SyncML document has at most',
    ],
  ])('refuses %s', async (_, body, status, message) => {
    const pc = await devices.create({ platform: 'windows' });
    const answer = await post(`/devices/${pc.name}/syncml`, body, 'text/xml');
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(message);
  });

  it('refuses devices of other platforms and unknown ones', async () => {
    const phone = await devices.create({ platform: 'android' });
    await expect(management.syncMl(phone.name, get('IsActive'))).rejects.toMatchObject({ status: 409 });
    await expect(management.syncMl('nobody', get('IsActive'))).rejects.toMatchObject({ status: 404 });
  });

  it('obeys the settings of the PC', async () => {
    const pc = await devices.create({ platform: 'windows' });
    const { windows } = await management.change(pc.name, {
      windows: { hasEuicc: false, credentials: 'a:b' },
    });
    expect(windows!.settings).toMatchObject({ hasEuicc: false, credentials: '(set)', build: 22_631 });
    expect(await management.syncMl(pc.name, get('IsActive'))).toContain('<Data>401</Data>');
    await expect(management.change(pc.name, { windows: { build: -1 } })).rejects.toThrow(ControlError);
  });

  it('refuses settings with which the PC would try for ever without a pause', async () => {
    const { name } = await devices.create({ platform: 'windows' });
    await management.change(name, { windows: { retrySeconds: 0 } });
    await expect(management.change(name, { windows: { maximumAttempts: 0 } })).rejects.toMatchObject({
      status: 400,
      errors: [{ field: 'windows.retrySeconds', message: expect.stringContaining('at least 1') as string }],
    });
    const { windows } = await management.change(name, { windows: { maximumAttempts: 0, retrySeconds: 1 } });
    expect(windows!.settings).toMatchObject({ maximumAttempts: 0, retrySeconds: 1 });
  });
});

describe('policies over the control API', () => {
  it('bring profiles to the devices of a group', async () => {
    const [one, two] = [
      await devices.create({ platform: 'windows' }),
      await devices.create({ platform: 'windows' }),
    ];
    const { iccid } = await smdp.profiles.create({ eid: one.eid, matchingId: '' });
    await management.setGroup('sales', { devices: [one.name, two.name] });
    const policy = await management.setPolicy('esim', {
      downloadServer: { serverName: [smdp.address, 'other.example.com'] },
      include: ['sales'],
    });
    expect(policy).toMatchObject({ kind: 'downloadServer', server: smdp.address, version: 1 });
    expect(policy.remarks).toEqual([expect.stringContaining('only the first server name counts')]);
    await management.change(two.name, { windows: { maximumAttempts: 1 }, user: 'anna@example.com' });
    const status = await management.sync('esim');
    expect(status).toMatchObject({
      assignment: { Succeeded: 2 },
      activation: { Active: 1, 'Activation fail': 1 },
      devices: [
        { deviceName: one.name, iccid, activationStatus: 'Active', cellularStatus: 'Enabled' },
        { deviceName: two.name, iccid: null, user: 'anna@example.com', activationStatus: 'Activation fail' },
      ],
    });
    const [head, first] = (await management.statusList('esim')).split('\n');
    expect(head).toBe('Device name,User,ICCID,Activation status,Cellular status,Last check-in');
    expect(first).toMatch(new RegExp(`^${one.name},,${iccid},Active,Enabled,2`));
    const { documents } = await management.device(one.name);
    expect(documents.at(-1)).toMatchObject({ from: 'device' });
    await management.deletePolicy('esim');
    await expect(management.policy('esim')).rejects.toMatchObject({ status: 404 });
  });

  it('take activation codes from a list or a pool, one list of a provider', async () => {
    const pc = await devices.create({ platform: 'windows' });
    await management.setGroup('codes', { devices: [pc.name] });
    await smdp.pools.create({ name: 'workshop', count: 2 });
    const policy = await management.setPolicy('codes', {
      activationCodes: { pool: 'workshop' },
      include: ['codes'],
    });
    expect(policy).toMatchObject({ kind: 'activationCodes', codes: 2, subscriptionPool: 'localhost' });
    expect(await management.sync('codes')).toMatchObject({ activation: { Active: 1 } });
    const csv = await smdp.pools.codeList('workshop');
    await expect(management.setPolicy('more', { activationCodes: { csv } })).rejects.toThrow(
      'The request is invalid',
    );
    await management.deletePolicy('codes');
    const again = await management.setPolicy('more', { activationCodes: { csv, fileName: 'more.csv' } });
    expect(again).toMatchObject({ codes: 1, server: smdp.address });
  });

  it.each([
    ['nothing', {}, 400, 'exactly one'],
    [
      'two contents',
      { serverUrl: 'https://a.example.com', downloadServer: { serverName: 'a' } },
      400,
      'exactly one',
    ],
    [
      'a server name with https://',
      { downloadServer: { serverName: 'https://a.example.com' } },
      400,
      'has a scheme',
    ],
    [
      'no AutoEnable without local UI',
      { downloadServer: { serverName: 'a', autoEnable: false, displayLocalUi: false } },
      400,
      'must be true',
    ],
    [
      'a file that is no .csv',
      { activationCodes: { csv: 'a', fileName: 'codes.xlsx' } },
      400,
      'File format not proper',
    ],
    ['a wrong list', { activationCodes: { csv: 'smdp.example.com\n1,2' } }, 422, 'line 2'],
    ['codes without list', { activationCodes: {} }, 400, 'either csv or pool'],
    ['an unknown pool', { activationCodes: { pool: 'nobody' } }, 404, 'nobody'],
    [
      'an unknown group',
      { serverUrl: 'https://a.example.com', include: ['nobody'] },
      400,
      "no group 'nobody'",
    ],
    ['a URL without https', { serverUrl: 'http://a.example.com' }, 400, 'https'],
  ])('refuse %s', async (_, request, status, message) => {
    const wrong = management.setPolicy('wrong', request);
    await expect(wrong).rejects.toMatchObject({ status });
    await expect(wrong).rejects.toThrow(message);
  });

  it('are applied together with their groups, or not at all', async () => {
    const groups = { together: { devices: ['pc-1'] } };
    const fine = { serverUrl: 'https://a.example.com', include: ['together'] };
    const wrong = {
      downloadServer: { serverName: 'a.example.com', displayLocalUi: false, autoEnable: false },
    };
    const refused = management.apply({ groups, policies: { fine, wrong } });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      errors: [{ field: 'policies.wrong.downloadServer.autoEnable' }],
    });
    expect((await management.policies()).map(({ name }) => name)).not.toContain('fine');
    await expect(management.group('together')).rejects.toMatchObject({ status: 404 });
    const several = await management
      .apply({ policies: { one: {}, two: { activationCodes: { csv: 'a.example.com\n1,2' } } } })
      .then(
        () => [],
        (error: unknown) => (error instanceof ControlError ? error.errors : []),
      );
    expect(several[0]).toMatchObject({ field: 'policies.one' });
    expect(several[1]).toMatchObject({ field: 'policies.two.activationCodes.csv', line: 2 });
    expect(await management.apply({ groups, policies: { fine } })).toMatchObject({
      groups: [{ name: 'together', devices: ['pc-1'] }],
      policies: [{ name: 'fine', include: ['together'], version: 1 }],
    });
    await management.apply({ groups: { together: {} } });
    expect((await management.group('together')).devices).toEqual([]);
    await management.deletePolicy('fine');
    await management.deleteGroup('together');
  });

  it('are changed, assigned and removed together with groups', async () => {
    await management.setGroup('later', { devices: ['not-made-yet'] });
    await management.setPolicy('later', { serverUrl: 'https://a.example.com' });
    expect(await management.assign('later', { include: ['later'], redeploy: 'all' })).toMatchObject({
      ...{ include: ['later'], version: 2 },
    });
    expect(await management.status('later')).toMatchObject({
      assignment: { Pending: 1 },
      devices: [{ deviceName: 'not-made-yet', activationStatus: 'Device not synced', lastCheckIn: null }],
    });
    expect((await management.groups()).map(({ name }) => name)).toContain('later');
    await management.deleteGroup('later');
    await expect(management.group('later')).rejects.toMatchObject({ status: 404 });
  });
});

describe('the life of a managed device', () => {
  it('has enrolment, retirement, wipe and a record that must be deleted', async () => {
    const { name } = await devices.create({ platform: 'windows' });
    expect(await management.checkIn(name)).toMatchObject({ enrolment: 'enrolled' });
    expect(await management.retire(name)).toMatchObject({ enrolment: 'retired' });
    await expect(management.checkIn(name)).rejects.toMatchObject({ status: 409 });
    expect(await management.enrol(name)).toMatchObject({ enrolment: 'enrolled' });
    expect(await management.wipe(name)).toMatchObject({ enrolment: 'wiped' });
    await expect(management.enrol(name)).rejects.toThrow('its old record still exists');
    await management.forget(name);
    expect(await management.enrol(name)).toMatchObject({ enrolment: 'enrolled' });
    expect(await management.unenrol(name)).toMatchObject({ enrolment: 'unenrolled' });
  });

  it('has a reset of the eUICC', async () => {
    const { name } = await devices.create({ platform: 'windows' });
    const { activationCode } = await smdp.profiles.create();
    await devices.download(name, activationCode!);
    expect((await management.resetEuicc(name)).windows).toMatchObject({ actionStatus: 0 });
    expect((await devices.get(name)).profiles).toEqual([]);
  });

  it('is separate in each namespace, and ends with a reset of the server', async () => {
    const other = smdp.namespace('other');
    const { name } = await other.devices.create({ platform: 'windows' });
    await other.management.setGroup('all', { devices: [name] });
    await other.management.setPolicy('p', { serverUrl: 'https://a.example.com', include: ['all'] });
    await expect(management.policy('p')).rejects.toMatchObject({ status: 404 });
    await other.reset();
    expect(await other.management.policies()).toEqual([]);
    expect(await other.management.groups()).toEqual([]);
  });
});
