import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, type MockSmdp } from '../../../src/index.js';
import { dictOf, readPlist, writePlist } from '../../../src/device/management/apple/index.js';

let smdp: MockSmdp;
beforeAll(async () => {
  smdp = await startMockSmdp();
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

const iphone = async (): Promise<string> => (await smdp.devices.create({ platform: 'apple' })).name;
const carrier = (): string => `https://${smdp.address}`;

/** Waits until the device has ended what it does. */
const operation = async (device: string, number = 1) =>
  smdp.call<{ state: string; action: string; result: object; error: { status?: string } | null }>(
    'GET',
    `/devices/${device}/operations/${number}`,
    { query: { wait: true } },
  );

const commandOf = (members: Parameters<typeof dictOf>[0], uuid: string | undefined = 'UUID-1'): string =>
  writePlist(dictOf({ Command: dictOf(members), CommandUUID: uuid }));

describe('RefreshCellularPlans', () => {
  it('is acknowledged, and the device downloads and enables the plan for its EID', async () => {
    const device = await iphone();
    const { eid } = await smdp.devices.get(device);
    const { iccid } = await smdp.profiles.create({ eid, matchingId: '' });
    const answer = await smdp.apple.refreshCellularPlans(device, `${carrier()}/any/path`);
    expect(answer).toEqual({ status: 'Acknowledged', udid: expect.any(String) as string, errorChain: [] });
    expect(await operation(device)).toMatchObject({
      ...{ action: 'refreshCellularPlans', state: 'done' },
      result: { outcome: 'installed', iccid },
    });
    const { profiles } = await smdp.devices.get(device);
    expect(profiles).toMatchObject([{ iccid, state: 'enabled' }]);
    expect(await smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed', installedState: 'enabled' });
  });

  it('is acknowledged even if there is nothing for the device, which says nothing about it', async () => {
    const device = await iphone();
    for (const number of [1, 2]) {
      const { status, errorChain } = await smdp.apple.refreshCellularPlans(device, carrier());
      expect([status, errorChain]).toEqual(['Acknowledged', []]);
      expect(await operation(device, number)).toMatchObject({
        state: 'failed',
        error: { status: '8.1.1/3.8' },
      });
    }
    expect(await smdp.journal.sessions()).toMatchObject({
      items: [{ whatDevicesSay: { iphone: { status: 'Acknowledged', errorCode: null } } }, {}],
    });
  });

  it.each([
    ['unreachable', 36001],
    ['unsupported', 36002],
    ['busy', 36003],
  ] as const)('is refused while the cellular software is %s, with error %i', async (cellular, code) => {
    const device = await iphone();
    await smdp.apple.changeSettings(device, { cellular, cellularErrorDomain: 'TestDomain' });
    expect(await smdp.apple.refreshCellularPlans(device, carrier())).toMatchObject({
      status: 'Error',
      errorChain: [{ code, domain: 'TestDomain', description: expect.stringMatching(/\.$/) as string }],
    });
    expect((await smdp.devices.get(device)).operations).toEqual([]);
  });

  it('is refused with error 36003 while another one is under way', async () => {
    const device = await iphone();
    await smdp.apple.changeSettings(device, { delaySeconds: 600 });
    expect(await smdp.apple.refreshCellularPlans(device, carrier())).toMatchObject({
      status: 'Acknowledged',
    });
    expect(await smdp.apple.refreshCellularPlans(device, carrier())).toMatchObject({
      status: 'Error',
      errorChain: [{ code: 36003 }],
    });
  });

  it.each([
    [{ isLocked: true }, 'NotNow', undefined],
    [{ enrollment: 'user' }, 'Error', 'with User Enrollment'],
    [{ osVersion: '12.4' }, 'Error', 'in iOS 12.4'],
    [{ osVersion: '13.0' }, 'Acknowledged', undefined],
  ] as const)('with the settings %o is answered %s', async (settings, status, why) => {
    const device = await iphone();
    await smdp.apple.changeSettings(device, settings);
    const answer = await smdp.apple.refreshCellularPlans(device, carrier());
    expect(answer.status).toBe(status);
    expect(answer.errorChain[0]?.description).toEqual(
      why === undefined ? undefined : (expect.stringContaining(why) as string),
    );
  });
});

describe('DeviceInformation', () => {
  const queries = ['UDID', 'OSVersion', 'ServiceSubscriptions', 'BatteryLevel', '__proto__'];

  it('has the EID in ServiceSubscriptions, before and after the first plan', async () => {
    const device = await iphone();
    const { eid } = await smdp.devices.get(device);
    const before = await smdp.apple.deviceInformation(device, queries);
    expect(before).toMatchObject({
      status: 'Acknowledged',
      queryResponses: { UDID: before.udid, OSVersion: '17.5', ServiceSubscriptions: [{ EID: eid }] },
    });
    expect(Object.keys(before.queryResponses!)).toEqual(['UDID', 'OSVersion', 'ServiceSubscriptions']);
    const { iccid } = await smdp.profiles.create({ eid, matchingId: '' });
    await smdp.apple.refreshCellularPlans(device, carrier());
    await operation(device);
    const { queryResponses } = await smdp.apple.deviceInformation(device, queries);
    expect(queryResponses).toMatchObject({
      ServiceSubscriptions: [
        { EID: eid, ICCID: iccid, IsDataPreferred: true, Slot: 'CTSubscriptionSlotOne' },
      ],
    });
  });

  it.each([
    ['13.7', [{ Slot: 'CTSubscriptionSlotOne', IsDataPreferred: false, IsVoicePreferred: false }]],
    ['11.4', undefined],
  ])('of iOS %s has no EID', async (osVersion, subscriptions) => {
    const device = await iphone();
    await smdp.apple.changeSettings(device, { osVersion });
    const { queryResponses } = await smdp.apple.deviceInformation(device, queries);
    expect(queryResponses!['ServiceSubscriptions']).toEqual(subscriptions);
  });
});

describe('EraseDevice', () => {
  const withPlan = async (): Promise<{ device: string; iccid: string }> => {
    const device = await iphone();
    const { eid } = await smdp.devices.get(device);
    const { iccid } = await smdp.profiles.create({ eid, matchingId: '' });
    await smdp.apple.refreshCellularPlans(device, carrier());
    await operation(device);
    return { device, iccid };
  };

  it('deletes the plans, and the server hears of it', async () => {
    const { device, iccid } = await withPlan();
    expect(await smdp.apple.eraseDevice(device)).toMatchObject({ status: 'Acknowledged' });
    await operation(device, 2);
    expect((await smdp.devices.get(device)).profiles).toEqual([]);
    expect(await smdp.profiles.get(iccid)).toMatchObject({ installedState: 'deleted' });
  });

  it.each([
    ['PreserveDataPlan', { preserveDataPlan: true }, {}],
    ['the restriction forcePreserveESIMOnErase', {}, { forcePreserveESIMOnErase: true }],
  ])('keeps them with %s', async (_, options, settings) => {
    const { device, iccid } = await withPlan();
    await smdp.apple.changeSettings(device, { ...settings, isLocked: true });
    expect(await smdp.apple.eraseDevice(device, options)).toMatchObject({ status: 'Acknowledged' });
    expect((await smdp.devices.get(device)).profiles).toMatchObject([{ iccid, state: 'enabled' }]);
  });
});

describe('a property list', () => {
  it('that is empty is answered with Idle', async () => {
    const answer = readPlist(await smdp.apple.plist(await iphone(), ''));
    expect(answer).toEqual(dictOf({ Status: 'Idle', UDID: expect.any(String) as string }));
  });

  it.each([
    ['that is not a dictionary', writePlist(['Command']), /not a dictionary/, undefined],
    ['without Command', writePlist(dictOf({ CommandUUID: 'A' })), /'Command' is missing/, 'A'],
    ['without RequestType', commandOf({}), /'Command.RequestType' is missing/, 'UUID-1'],
    ['with a wrong RequestType', commandOf({ RequestType: 7 }), /'Command.RequestType'/, 'UUID-1'],
    [
      'without CommandUUID',
      writePlist(dictOf({ Command: dictOf({ RequestType: 'DeviceInformation' }) })),
      /'CommandUUID' is missing/,
      undefined,
    ],
    ['without eSIMServerURL', commandOf({ RequestType: 'RefreshCellularPlans' }), /eSIMServerURL/, 'UUID-1'],
    [
      'with a text that is not a URL',
      commandOf({ RequestType: 'RefreshCellularPlans', eSIMServerURL: 'smdp.example.com' }),
      /not an https URL: 'smdp.example.com'/,
      'UUID-1',
    ],
    ['without Queries', commandOf({ RequestType: 'DeviceInformation' }), /Queries/, 'UUID-1'],
    [
      'with PreserveDataPlan that is not a boolean',
      commandOf({ RequestType: 'EraseDevice', PreserveDataPlan: 'yes' }),
      /PreserveDataPlan/,
      'UUID-1',
    ],
  ])('%s is answered with CommandFormatError', async (_, text, why, uuid) => {
    const answer = readPlist(await smdp.apple.plist(await iphone(), text)) as ReturnType<typeof dictOf>;
    expect(answer.get('Status')).toBe('CommandFormatError');
    expect(answer.get('CommandUUID')).toBe(uuid);
    const [item] = answer.get('ErrorChain') as [ReturnType<typeof dictOf>];
    expect(item.get('LocalizedDescription')).toMatch(why);
  });

  it('with an unknown request type is answered with Error', async () => {
    const device = await iphone();
    for (const RequestType of ['InstallProfile', 'constructor', '__proto__']) {
      const answer = readPlist(await smdp.apple.plist(device, commandOf({ RequestType })));
      expect((answer as ReturnType<typeof dictOf>).get('Status')).toBe('Error');
    }
  });

  it.each([
    ['no XML', 'RefreshCellularPlans'],
    [
      'an entity',
      '<!DOCTYPE plist [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist><string>&x;</string></plist>',
    ],
    ['deep nesting', `<plist>${'<array>'.repeat(100_00)}`],
  ])('that is %s is refused with 400, and the place', async (_, text) => {
    const refused = smdp.apple.plist(await iphone(), text);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      errors: [{ field: 'body', line: expect.any(Number) as number, column: expect.any(Number) as number }],
    });
  });

  it('that is too long is refused with 413, JSON with 415', async () => {
    const device = await iphone();
    await expect(smdp.apple.plist(device, ' '.repeat(300_000))).rejects.toMatchObject({
      status: 413,
      message: expect.stringContaining('at most 262144 octets') as string,
    });
    const json = smdp.call('POST', `/devices/${device}/plist`, { body: { Command: {} } });
    await expect(json).rejects.toMatchObject({ status: 415 });
  });
});

describe('calls for Apple devices', () => {
  it('refuse an unknown device with 404, and one of another platform with 409', async () => {
    await expect(smdp.apple.settings('nobody')).rejects.toMatchObject({ status: 404 });
    const { name } = await smdp.devices.create({ platform: 'windows' });
    await expect(smdp.apple.settings(name)).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('"platform": "apple"') as string,
    });
  });

  it('keep the settings that a change leaves out, and refuse unknown ones', async () => {
    const device = await iphone();
    await smdp.apple.changeSettings(device, { delaySeconds: 7 });
    await smdp.apple.changeSettings(device, { isLocked: true });
    expect(await smdp.apple.settings(device)).toMatchObject({ delaySeconds: 7, isLocked: true });
    const wrong = smdp.apple.changeSettings(device, { cellular: 'asleep' } as never);
    await expect(wrong).rejects.toMatchObject({ status: 400 });
  });
});
