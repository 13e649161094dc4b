import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fleetReport,
  runFleet,
  type FleetDevice,
  type FleetOptions,
  type FleetResult,
} from '../../src/device/index.js';
import { startMockSmdp, type MockSmdp } from '../../src/index.js';
import { eidWithCheckDigits } from '../../src/wire/rsp/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { failed } from './support/smdp-stub.js';
import { stubWith } from './support/devices.js';

let smdp: MockSmdp;
let certs: string;
beforeAll(async () => {
  certs = await testPkiFolder();
  smdp = await startMockSmdp({ certs });
});
afterAll(() => smdp.close());

let serial = 0;
const newEid = (): string =>
  eidWithCheckDigits(`89049032000000000000080000${String(++serial).padStart(4, '0')}`);

/** Devices for each of which a profile waits. */
async function expectedDevices(count: number): Promise<FleetDevice[]> {
  const devices = Array.from({ length: count }, () => ({ eid: newEid() }));
  for (const { eid } of devices) await smdp.profiles.create({ eid, matchingId: '' });
  return devices;
}

const run = (devices: readonly FleetDevice[], options: Partial<FleetOptions> = {}): Promise<FleetResult> =>
  runFleet({
    devices,
    total: devices.length,
    material: certs,
    smdpAddress: smdp.address,
    server: { verifyTls: false, connect: new URL(smdp.deviceUrl).host },
    backoffMs: 1,
    ...options,
  });

/** The same numbers each time (a linear congruential generator). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

const sumOf = ({ states }: FleetResult): number =>
  Object.values(states).reduce((sum, count) => sum + count, 0);

describe('a fleet', () => {
  it('gives each device the profile of its EID', async () => {
    const devices = await expectedDevices(5);
    const result = await run(devices, { arrivals: { kind: 'rate', perSecond: 1000 }, enable: true });
    expect(result).toMatchObject({ devices: 5, expected: 5, unexpected: 0, failures: [], stopped: false });
    expect(result.states.installed).toBe(5);
    for (const { eid } of devices) {
      const { items } = await smdp.profiles.list({ eid });
      expect(items.map(({ state }) => state)).toEqual(['Installed']);
    }
    expect(result.latencies['getBoundProfilePackage']).toMatchObject({ count: 5 });
    expect(result.latencies['handleNotification']).toMatchObject({ count: 10 });
  });

  it('counts each device once, whatever its end', async () => {
    const [one] = await expectedDevices(1);
    const { activationCode } = await smdp.profiles.create();
    const confirmed = await smdp.profiles.create({ confirmationCode: '1234' });
    const code = (text: string): FleetDevice => ({ eid: newEid(), activationCode: text });
    const result = await run([
      one!,
      code(activationCode!),
      { ...code(confirmed.activationCode!), confirmationCode: '1234' },
      { ...code(smdp.magic('BPP-MAC-3')), expect: 'installFailed' },
      code(`LPA:1$${smdp.address}$UNKNOWN`),
      { eid: newEid(), expect: 'nothingPending' },
      { eid: '12' },
      code('not a code'),
    ]);
    expect(sumOf(result)).toBe(8);
    expect(result).toMatchObject({
      devices: 8,
      expected: 5,
      unexpected: 3,
      states: { installed: 3, installFailed: 1, refused: 1, nothingPending: 1, deviceError: 2 },
    });
    expect(result.failures).toContainEqual(
      expect.objectContaining({ state: 'refused', step: 'authenticateClient', code: '8.2.6/3.8', count: 1 }),
    );
    expect(result.unexpectedDevices).toHaveLength(3);
  });

  it('ends every device somewhere known where a quarter of the requests are lost', async () => {
    const devices = await expectedDevices(5);
    const options = { packetLoss: 0.25, random: numbersFrom(7), retries: 20, maxInFlight: 1 };
    const result = await run(devices, options);
    expect(sumOf(result)).toBe(5);
    expect(result.lostRequests).toBeGreaterThan(0);
    expect(result.lostAnswers).toBeGreaterThan(0);
    expect(result.retries).toBeGreaterThan(0);
    expect(result.states.installed).toBe(5);
    for (const { eid } of devices) {
      const { items } = await smdp.profiles.list({ eid });
      expect(items.map(({ state }) => state)).toEqual(['Installed']);
    }
  });

  it('calls devices unreachable whose requests are all lost', async () => {
    const result = await run([{ eid: newEid() }, { eid: newEid() }], { packetLoss: 1, retries: 2 });
    expect(result).toMatchObject({ states: { unreachable: 2 }, retries: 4, unexpected: 2, latencies: {} });
    expect(result.failures).toMatchObject([{ code: 'ECONNRESET', step: 'initiateAuthentication', count: 2 }]);
  });

  it('tries again where the server is out of order, and gives up', async () => {
    const stub = await stubWith({ http: (_, answer) => ({ ...answer, status: 503 }) });
    const server = { tls: false, connect: stub.address };
    const result = await run([{ eid: newEid() }], { server, retries: 2 });
    expect(result).toMatchObject({ states: { nonconforming: 1 }, retries: 2 });
    expect(result.failures).toMatchObject([{ code: 'HTTP 503' }]);
  });

  it('does not try again where the server refuses', async () => {
    const stub = await stubWith({ answer: () => failed('8.8.1', '3.8') });
    const result = await run([{ eid: newEid() }], { server: { tls: false, connect: stub.address } });
    expect(result).toMatchObject({ states: { refused: 1 }, retries: 0 });
  });

  it('needs nothing of a server but ES9+', async () => {
    const eid = newEid();
    await smdp.profiles.create({ eid, matchingId: '' });
    const posts: string[] = [];
    const edits = { request: (step: string, request: object) => (posts.push(step), request) as never };
    await run([{ eid }], { es9plus: { edits } });
    expect(posts).toEqual([
      'initiateAuthentication',
      'authenticateClient',
      'getBoundProfilePackage',
      'handleNotification',
    ]);
  });

  it('keeps to the limit of devices under way, and takes devices one by one', async () => {
    const devices = await expectedDevices(6);
    let taken = 0;
    let ended = 0;
    const most: number[] = [];
    function* stream(): Generator<FleetDevice> {
      for (const device of devices) {
        most.push(++taken - ended);
        yield device;
      }
    }
    const onProgress = (progress: { ended: number }): void => void (ended = progress.ended);
    const result = await run(devices, { devices: stream(), maxInFlight: 2, onProgress });
    expect(result.mostInFlight).toBe(2);
    expect(Math.max(...most)).toBeLessThanOrEqual(3);
  });

  it('can be stopped: the sum is that of all devices', async () => {
    const devices = await expectedDevices(6);
    const stop = new AbortController();
    const result = await run(devices, {
      signal: stop.signal,
      maxInFlight: 2,
      thinkMs: [3_600_000, 3_600_000],
      onProgress: ({ started }) => {
        if (started === 2) setImmediate(() => stop.abort());
      },
    });
    expect(result).toMatchObject({ devices: 6, stopped: true, states: { interrupted: 2, notStarted: 4 } });
  });

  it('has the card properties that it is given', async () => {
    const refusing = await run(await expectedDevices(2), {
      card: { userRefuses: 'postponed' },
      expect: 'cancelled',
    });
    expect(refusing).toMatchObject({ expected: 2, states: { cancelled: 2 } });
    const dying = await run(await expectedDevices(1), { card: { powerLossAtUnit: 4 }, retries: 1 });
    expect(dying).toMatchObject({ states: { powerLost: 1 }, retries: 1 });
    const surviving = await run(await expectedDevices(1), { card: { powerLossAtUnit: 4, failTimes: 1 } });
    expect(surviving).toMatchObject({ states: { installed: 1 }, retries: 1 });
    const silent = await run(await expectedDevices(1), { card: { holdNotifications: true } });
    expect(silent).toMatchObject({ states: { installedNotReported: 1 } });
  });

  it.each<[Partial<FleetOptions>, RegExp]>([
    [{ packetLoss: 2 }, /packetLoss/],
    [{ maxInFlight: 0 }, /maxInFlight/],
    [{ total: undefined, arrivals: { kind: 'oobe', days: 7, timeLapse: 1 } }, /total is missing/],
    [{ arrivals: { kind: 'rate', perSecond: 0 } }, /perSecond/],
    [{ card: { svn: '1' } }, /card: svn: '1' is not allowed/],
    [{ material: '/nowhere' }, /does not exist/],
  ])('refuses the options %j before the first device', async (options, message) => {
    await expect(run([{ eid: newEid() }], options)).rejects.toThrow(message);
  });
});

describe('the report', () => {
  it('is one page that loads nothing, and shows what the devices met', async () => {
    const result = await run([{ eid: newEid() }, { eid: newEid(), activationCode: 'LPA:1$localhost$<b>' }]);
    const page = fleetReport(result, 'A <fleet>');
    expect(page).toContain('<title>A &lt;fleet&gt;</title>');
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/);
    expect(page).not.toContain('<b>');
    for (const state of ['nothingPending', 'initiateAuthentication']) expect(page).toContain(state);
    expect(page).not.toContain('NaN');
  });
});
