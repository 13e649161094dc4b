import { describe, expect, it } from 'vitest';
import { readSyncMl } from '../../../src/device/management/syncml/index.js';
import { euiccNodes } from '../../../src/device/management/windows/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import {
  addProfile,
  addServer,
  below,
  command,
  group,
  read,
  send,
  statuses,
  statusesOf,
  testPc,
} from './support/pc.js';

const smdp = await startTestSmdp();
/** Nothing listens there. */
const nowhere = 'localhost:9';

describe('the tree', () => {
  it('lists the eUICC below the root, and its parts below the eUICC', () => {
    const device = smdp.device();
    const pc = testPc(device);
    expect(read(pc, './Device/Vendor/MSFT/eUICCs')).toBe(device.eid);
    expect(read(pc, './Vendor/MSFT/eUICCs')).toBe(device.eid);
    expect(read(pc, './device/vendor/msft/euiccs')).toBe(device.eid);
    const parts = 'Identifier/IsActive/PPR1Allowed/PPR1AlreadySet/DownloadServers/Profiles/Policies/Actions';
    expect(read(pc, below())).toBe(parts);
    expect(read(pc, `./Device/Vendor/MSFT/eUICCs/${device.eid}`)).toBe(parts);
    expect(read(pc, below('Policies'))).toBe('LocalUIEnabled');
    expect(read(pc, below('Actions'))).toBe('ResetToFactoryState/Status');
  });

  it('calls the eUICC by a hash if told so', () => {
    const device = smdp.device();
    const pc = testPc(device, { euiccName: 'hash' });
    const name = read(pc, './Device/Vendor/MSFT/eUICCs')!;
    expect(name).toMatch(/^[0-9A-F]{64}$/);
    expect(read(pc, `./Device/Vendor/MSFT/eUICCs/${name}/Identifier`)).toBe(name);
    expect(statuses(pc, command('Get', `./Device/Vendor/MSFT/eUICCs/${device.eid}`))).toEqual([404]);
  });

  it('has the defaults of the documentation', () => {
    const pc = testPc(smdp.device());
    expect(read(pc, below('IsActive'))).toBe('true');
    expect(read(pc, below('PPR1Allowed'))).toBe('true');
    expect(read(pc, below('PPR1AlreadySet'))).toBe('false');
    expect(read(pc, below('Policies/LocalUIEnabled'))).toBe('true');
    expect(read(pc, below('Actions/Status'))).toBe('0');
    expect(read(pc, below('DownloadServers'))).toBe('');
    send(pc, command('Add', below('Profiles/8900100000000000002'), undefined));
    expect(read(pc, below('Profiles/8900100000000000002/State'))).toBe('1');
    expect(read(pc, below('Profiles/8900100000000000002/ErrorDetail'))).toBe('0');
    expect(read(pc, below('Profiles/8900100000000000002'))).toBe(
      'ServerName/MatchingID/State/IsEnabled/PPR1Set/PPR2Set/ErrorDetail',
    );
  });

  it('answers the format of each node', () => {
    const results = (target: string) =>
      send(testPc(smdp.device()), command('Get', below(target))).find(({ name }) => name === 'Results')!;
    expect(results('IsActive').items[0]).toMatchObject({ format: 'bool', data: 'true' });
    expect(results('Profiles').items[0]).toMatchObject({ format: 'node', data: '' });
    expect(results('Actions/Status').items[0]).toMatchObject({ format: 'int' });
  });

  it('encodes the names of children', async () => {
    const pc = testPc(smdp.device(), { maximumAttempts: 1 });
    send(pc, addServer(nowhere));
    expect(read(pc, below('DownloadServers'))).toBe('localhost%3A9');
    await pc.idle();
  });

  it.each([
    ['without eSIM', () => testPc()],
    ['that shall have none', () => testPc(smdp.device(), { hasEuicc: false })],
  ])('is empty on a PC %s', (_, make) => {
    const pc = make();
    expect(read(pc, './Device/Vendor/MSFT/eUICCs')).toBe('');
    expect(statuses(pc, command('Get', below()), addServer('smdp.example.com'))).toEqual([
      404, 507, 404, 215,
    ]);
  });

  const plain = (path: string): string =>
    path.replace('{ServerName}', nowhere).replace('{ICCID}', '8900100000000000002');
  const commands = ['Add', 'Delete', 'Exec', 'Get', 'Replace'] as const;
  it.each(
    euiccNodes.flatMap(({ path, access }) =>
      commands.filter((name) => !access.some((each) => each === name)).map((name) => [name, path] as const),
    ),
  )('refuses %s of %s with 405', (name, path) => {
    const pc = testPc(smdp.device(), { previewNodes: true });
    expect(statuses(pc, command(name, below(plain(path)), 'true'))).toEqual([405]);
  });

  it.each(euiccNodes.filter(({ build }) => build > 16_299).map(({ path, build }) => [path, build] as const))(
    'does not have %s before build %d',
    (path, build) => {
      const pc = testPc(smdp.device(), { build: build - 1, previewNodes: true });
      expect(statuses(pc, command('Get', below(plain(path))))).toEqual([406]);
    },
  );

  it('has the nodes of preview builds only if told so', () => {
    const attempts = below('DownloadServers/smdp.example.com/MaximumAttempts');
    expect(statuses(testPc(smdp.device()), command('Get', attempts))).toEqual([406]);
    expect(statuses(testPc(smdp.device(), { previewNodes: true }), command('Get', attempts))).toEqual([404]);
  });
});

describe('wrong commands', () => {
  const add = (path: string, data?: string): string => command('Add', below(path), data);
  it.each([
    ['a node that nobody knows', command('Get', below('Nothing')), [404]],
    ['a server that was not added', command('Get', below('DownloadServers/smdp.example.com')), [404]],
    [
      'a leaf of a server that was not added',
      command('Replace', below('DownloadServers/a.example/AutoEnable'), 'true'),
      [404],
    ],
    ['deleting a profile that is not there', command('Delete', below('Profiles/8900100000000000002')), [404]],
    ['another eUICC', command('Get', './Device/Vendor/MSFT/eUICCs/89049032000000000000000000000099'), [404]],
    ['another configuration service provider', command('Get', './Device/Vendor/MSFT/WiFi'), [404]],
    ['the scope of users', command('Get', './User/Vendor/MSFT/eUICCs'), [404]],
    ['changing the root', command('Replace', './Device/Vendor/MSFT/eUICCs', 'x'), [405]],
    ['a property', command('Get', `${below('IsActive')}?prop=ACL`), [406]],
    ['a LocURI that begins with /', command('Get', '/Device/Vendor/MSFT/eUICCs'), [400]],
    ['a LocURI without ./', command('Get', 'Device/Vendor/MSFT/eUICCs'), [400]],
    ['an empty name', command('Get', './Device//eUICCs'), [400]],
    ['a name that is a point', command('Get', './Device/./eUICCs'), [400]],
    ['a name that is an asterisk', command('Get', below('Profiles/*')), [400]],
    ['a broken percent sign', command('Get', below('Profiles/%zz')), [400]],
    ['no LocURI', '<Get><CmdID>1</CmdID><Item/></Get>', [400]],
    ['no item', '<Get><CmdID>1</CmdID></Get>', [400]],
    ['no CmdID', '<Get><Item/></Get>', [400]],
    ['an element that is no command', '<Copy><CmdID>1</CmdID></Copy>', [400]],
    [
      'the same CmdID twice',
      '<Alert><CmdID>1</CmdID><Data>1222</Data></Alert><Alert><CmdID>1</CmdID><Data>1222</Data></Alert>',
      [200, 400],
    ],
    [
      'a server with a scheme',
      add(`DownloadServers/${encodeURIComponent('https://smdp.example.com')}`),
      [400],
    ],
    ['an ICCID that is none', add('Profiles/12'), [400]],
    ['a bool that is none', command('Replace', below('Policies/LocalUIEnabled'), 'maybe'), [400]],
    [
      'a server name with a scheme',
      add('Profiles/8900100000000000002/ServerName', 'https://smdp.example.com'),
      [400],
    ],
    ['a MatchingID that is none', add('Profiles/8900100000000000002/MatchingID', 'A B'), [400]],
    ['an alert without code', '<Alert><CmdID>1</CmdID></Alert>', [400]],
    ['an alert that Windows does not know', '<Alert><CmdID>1</CmdID><Data>1100</Data></Alert>', [406]],
  ])('answers %s', (_, given, wanted) => {
    expect(statuses(testPc(smdp.device()), given)).toEqual(wanted);
  });

  it('leaves nothing behind when a leaf is refused whose node it would have made', () => {
    const pc = testPc(smdp.device());
    send(pc, command('Add', below('Profiles/8900100000000000002/ServerName'), 'https://x'));
    expect(read(pc, below('Profiles'))).toBe('');
  });

  it('answers a missing CmdID with an empty CmdRef', () => {
    const text = testPc(smdp.device()).receive('<Get><Item/></Get>');
    expect(text).toContain('<CmdRef/>');
  });

  it('answers what exists already with 418', async () => {
    const pc = testPc(smdp.device(), { maximumAttempts: 1 });
    const server = below('DownloadServers/localhost%3A9');
    expect(statuses(pc, command('Add', server), command('Add', `${server}/AutoEnable`, 'true'))).toEqual([
      200, 200,
    ]);
    expect(statuses(pc, command('Add', server), command('Add', `${server}/AutoEnable`, 'true'))).toEqual([
      418, 418,
    ]);
    await pc.idle();
  });

  it('takes only MatchingIDs of the form of Windows if told so', () => {
    const pc = testPc(smdp.device(), { windowsMatchingIds: true });
    const matchingId = (iccid: string, text: string): string =>
      command('Add', below(`Profiles/${iccid}/MatchingID`), text);
    expect(statuses(pc, matchingId('8900100000000000002', 'ERR-8-2-6-3-8'))).toEqual([400]);
    expect(statuses(pc, matchingId('8900100000000000002', '0A1B2-3C4D5-6E7F8-90ABC'))).toEqual([200]);
  });

  it('answers wrong values with the status of the setting', () => {
    const pc = testPc(smdp.device(), { wrongValueStatus: 500 });
    expect(statuses(pc, command('Replace', below('Policies/LocalUIEnabled'), 'maybe'))).toEqual([500]);
  });

  it('answers 425 where the server may only read', () => {
    const pc = testPc(smdp.device(), { readOnly: ['./Vendor/MSFT/eUICCs/Default/Policies'] });
    const ui = below('Policies/LocalUIEnabled');
    expect(statuses(pc, command('Replace', ui, 'false'), command('Get', ui))).toEqual([425, 200]);
  });

  it('answers each item of a command', () => {
    const item = (path: string): string => `<Item><Target><LocURI>${below(path)}</LocURI></Target></Item>`;
    const answer = send(
      testPc(smdp.device()),
      `<Get><CmdID>5</CmdID>${item('IsActive')}${item('Nothing')}</Get>`,
    );
    expect(statusesOf(answer)).toEqual([200, 404]);
    expect(answer.filter(({ name }) => name === 'Results')).toHaveLength(1);
  });
});

describe('Atomic and Sequence', () => {
  const ui = (value: string): string => command('Replace', below('Policies/LocalUIEnabled'), value);

  it('carries an Atomic out as a whole', () => {
    const pc = testPc(smdp.device());
    expect(
      statuses(pc, group('Atomic', ui('false'), command('Add', below('Profiles/8900100000000000002')))),
    ).toEqual([200, 200, 200]);
    expect(read(pc, below('Policies/LocalUIEnabled'))).toBe('false');
  });

  it('undoes an Atomic with a failing command: 216 before it, 215 behind it, 507 for the Atomic', () => {
    const pc = testPc(smdp.device());
    const bad = command('Get', below('IsActive'));
    const add = command('Add', below('Profiles/8900100000000000002'));
    expect(statuses(pc, group('Atomic', ui('false'), add, bad, ui('true')))).toEqual([
      507, 216, 216, 500, 215,
    ]);
    expect(read(pc, below('Policies/LocalUIEnabled'))).toBe('true');
    expect(read(pc, below('Profiles'))).toBe('');
  });

  it('refuses an Atomic in an Atomic: 500 for the inner, 507 for the outer', () => {
    const pc = testPc(smdp.device());
    expect(statuses(pc, group('Atomic', ui('false'), group('Atomic', ui('false'))))).toEqual([
      507, 216, 500, 215,
    ]);
  });

  it('refuses an unknown element in an Atomic with 400', () => {
    const pc = testPc(smdp.device());
    expect(statuses(pc, group('Atomic', '<Copy><CmdID>99</CmdID></Copy>', ui('false')))).toEqual([
      507, 400, 215,
    ]);
  });

  it('refuses a Replace of what the same Atomic adds', () => {
    const pc = testPc(smdp.device());
    const name = below('Profiles/8900100000000000002/ServerName');
    const both = group(
      'Atomic',
      command('Add', name, 'a.example.com'),
      command('Replace', name, 'b.example.com'),
    );
    expect(statuses(pc, both)).toEqual([507, 216, 500]);
    expect(read(pc, below('Profiles'))).toBe('');
  });

  it('goes on after a failure in a Sequence', () => {
    const pc = testPc(smdp.device());
    const sequence = group('Sequence', command('Get', below('Nothing')), command('Get', below('IsActive')));
    expect(statuses(pc, sequence)).toEqual([200, 404, 200]);
  });

  it('undoes a Sequence in an Atomic', () => {
    const pc = testPc(smdp.device());
    const sequence = group('Sequence', ui('false'), command('Get', below('IsActive')));
    expect(statuses(pc, group('Atomic', sequence, ui('false')))).toEqual([507, 200, 216, 500, 215]);
    expect(read(pc, below('Policies/LocalUIEnabled'))).toBe('true');
  });

  it('starts no work for an Atomic that failed', async () => {
    const { iccid, matchingId } = await smdp.prepare();
    const device = smdp.device();
    const pc = testPc(device);
    const bad = command('Get', below('IsActive'));
    const add = addProfile(iccid, smdp.address, matchingId!).replace('</Atomic>', `${bad}</Atomic>`);
    expect(statuses(pc, add)).toEqual([507, 216, 216, 216, 500]);
    await pc.idle();
    expect(device.profiles()).toEqual([]);
  });

  it('answers 516 if the eUICC does not let a command be undone', async () => {
    const device = smdp.device();
    const pc = testPc(device);
    const { iccid, matchingId } = await smdp.prepare({
      metadata: { profilePolicyRules: ['ppr1'], profileOwner: { mccMnc: '00101' } },
    });
    send(pc, addProfile(iccid, smdp.address, matchingId!).replace('<Data>true</Data>', '<Data>false</Data>'));
    await pc.idle();
    expect(read(pc, below(`Profiles/${iccid}/PPR1Set`))).toBe('true');
    expect(read(pc, below('PPR1AlreadySet'))).toBe('true');
    const enable = command('Replace', below(`Profiles/${iccid}/IsEnabled`), 'true', 'bool');
    expect(statuses(pc, group('Atomic', enable, command('Get', below('IsActive'))))).toEqual([507, 516, 500]);
    expect(read(pc, below(`Profiles/${iccid}/IsEnabled`))).toBe('true');
  });
});

describe('the session', () => {
  it('ends with alert 1223: 214, and 215 for what follows', () => {
    const pc = testPc(smdp.device());
    const abort = '<Alert><CmdID>900</CmdID><Data>1223</Data></Alert>';
    expect(statuses(pc, abort, command('Get', below('IsActive')))).toEqual([214, 215]);
  });

  it('answers the header, and numbers its own messages', () => {
    const pc = testPc(smdp.device());
    const body = '<SyncBody/>';
    const [first, second] = [pc.receive(body), pc.receive(body)].map(readSyncMl);
    expect(first!.commands[0]).toMatchObject({ name: 'Status', cmdRef: '0', cmd: 'SyncHdr', data: '200' });
    expect([first!.msgId, second!.msgId]).toEqual(['1', '2']);
    expect(first!.source).toBe('pc-1');
  });

  it('wants credentials if told so: 401 without, 212 with', () => {
    const pc = testPc(smdp.device(), { credentials: 'mdm:secret' });
    const message = (credentials: string): string =>
      `<SyncML><SyncHdr><SessionID>1</SessionID><MsgID>1</MsgID>${credentials}</SyncHdr><SyncBody>${command('Replace', below('Policies/LocalUIEnabled'), 'false')}</SyncBody></SyncML>`;
    const refused = pc.receive(message(''));
    expect(readSyncMl(refused).commands.map(({ data }) => data)).toEqual(['401', '401']);
    expect(refused).toContain('syncml:auth-basic');
    const basic = Buffer.from('mdm:secret').toString('base64');
    const cred = `<Cred><Meta><Type>syncml:auth-basic</Type></Meta><Data>${basic}</Data></Cred>`;
    expect(readSyncMl(pc.receive(message(cred))).commands.map(({ data }) => data)).toEqual(['212', '200']);
  });

  it('is opened by the PC with alert 1201, its login status and its DevInfo', () => {
    const { commands } = readSyncMl(testPc(smdp.device()).checkIn());
    expect(commands.map(({ name, data }) => `${name} ${data ?? ''}`)).toEqual([
      'Alert 1201',
      'Alert 1224',
      'Replace ',
    ]);
  });
});
