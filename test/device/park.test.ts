import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.js';
import { MaterialError } from '../../src/device/index.js';
import {
  changeProfile,
  DevicePark,
  download,
  type DeviceParkOptions,
  type Operation,
  type ParkEvent,
} from '../../src/device/park/index.js';
import { eidWithCheckDigits } from '../../src/wire/rsp/index.js';
import { testWorld } from './support/test-server.js';

const { material } = testWorld();
const eidOf = (serial: number): string =>
  eidWithCheckDigits(`8904903200000000000002${String(serial).padStart(8, '0')}`);

function parkWith(options: Partial<DeviceParkOptions> = {}): { park: DevicePark; events: ParkEvent[] } {
  const events: ParkEvent[] = [];
  let serial = 0;
  const park = new DevicePark({
    materialFor: (eid) => ({ ...material, eid: eid ?? eidOf(++serial) }),
    clock: systemClock,
    tell: (event) => events.push(event),
    ...options,
  });
  return { park, events };
}

const never = new AbortController().signal;
const endOf = async (operation: Operation): Promise<Operation['record']> => {
  while (!operation.hasEnded) {
    await operation.settled(never);
    if (!operation.hasEnded) throw new Error(`it is ${operation.record.state}`);
  }
  return operation.record;
};

describe('a park of devices', () => {
  it('names devices by their platform, and finds them by name and EID', () => {
    const { park } = parkWith();
    const [plain, pc] = [park.make(), park.make({ platform: 'windows' })];
    expect(park.list().map(({ name }) => name)).toEqual(['device-1', 'windows-2']);
    expect(park.find('windows-2')).toBe(pc);
    expect(park.find(plain.eid)).toBe(plain);
    expect(park.find('phone-1')).toBeUndefined();
  });

  it('gives no name and no EID twice, in whatever namespace', () => {
    const { park } = parkWith();
    const { eid } = park.make({ name: 'anna', namespace: 'one' });
    expect(() => park.make({ name: 'anna', namespace: 'other' })).toThrow(
      expect.objectContaining({
        problem: { kind: 'nameTaken', name: 'anna' },
        message: "there is already a device 'anna' in the namespace 'one'",
      }),
    );
    expect(() => park.make({ name: 'anna', namespace: 'one' })).toThrow(/a device 'anna'$/);
    expect(() => park.make({ eid })).toThrow(
      expect.objectContaining({
        problem: { kind: 'eidTaken', eid, name: 'anna' },
        message: `device 'anna' in the namespace 'one' already has the EID ${eid}`,
      }),
    );
    park.make({ name: 'bert' });
    expect(() => park.make({ name: 'bert', namespace: 'one' })).toThrow(/'bert' outside all namespaces$/);
    expect(park.list()).toHaveLength(2);
  });

  it('takes no more devices than it may have', () => {
    const { park } = parkWith({ most: 1 });
    park.make();
    expect(() => park.make()).toThrow(expect.objectContaining({ problem: { kind: 'full', most: 1 } }));
  });

  it('says why there is no eUICC', () => {
    const { park } = parkWith({
      materialFor: () => {
        throw new MaterialError('no key');
      },
    });
    expect(() => park.make()).toThrow(
      expect.objectContaining({ problem: { kind: 'noEuicc' }, message: 'no key' }),
    );
  });

  it('shows a namespace only its own devices, and empties only it', () => {
    const { park } = parkWith();
    park.make({ name: 'a', namespace: 'one' });
    park.make({ name: 'b' });
    expect(park.list('one').map(({ name }) => name)).toEqual(['a']);
    expect(park.find('b', 'one')).toBeUndefined();
    park.clear('one');
    expect(park.list().map(({ name }) => name)).toEqual(['b']);
  });
});

describe('a device of a park', () => {
  it('does one thing at a time', async () => {
    const { park } = parkWith();
    const device = park.make();
    let finish: (word: string) => void = () => undefined;
    const work = () => new Promise((resolve) => (finish = resolve));
    const operation = device.start('slow', {}, work);
    expect(() => changeProfile(device, 'enable', '8900100000000000010')).toThrow(
      expect.objectContaining({ problem: { kind: 'busy', operation: operation.record } }),
    );
    finish('well');
    expect(await endOf(operation)).toMatchObject({ state: 'done', result: 'well' });
    expect(device.current).toBeUndefined();
  });

  it('reports what the eUICC refuses as a failed operation', async () => {
    const { park, events } = parkWith();
    const device = park.make();
    const record = await endOf(changeProfile(device, 'enable', '8900100000000000010'));
    expect(record).toMatchObject({ state: 'failed', error: { code: 'iccidOrAidNotFound' } });
    expect(events.map(({ event }) => event)).toEqual(['made', 'started', 'ended']);
  });

  it('keeps the newest operations and steps only', async () => {
    const { park } = parkWith();
    const device = park.make();
    for (let count = 0; count < 25; count++) await endOf(device.start('nothing', {}, async () => undefined));
    expect(device.operations.map(({ record }) => record.id)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 6),
    );
    const long = device.start('long', {}, async ({ step }) => {
      for (let count = 0; count < 250; count++) step('one', `${count}`);
    });
    await endOf(long);
    expect([long.steps.length, long.droppedSteps, long.steps[0]!.message]).toEqual([200, 50, '50']);
  });

  it('asks nothing unless it waits for its user', () => {
    const { park } = parkWith();
    expect(() => park.make().answer({ answer: 'yes' })).toThrow(
      expect.objectContaining({ problem: { kind: 'notAsked' } }),
    );
  });

  it('takes no yes for a confirmation code, and waits no longer than its patience', async () => {
    const { park } = parkWith();
    const device = park.make({ user: { consent: 'ask', patience: 0.05 } });
    const profile = {
      ...{ iccid: '8900100000000000010', profileName: 'P', serviceProviderName: 'S' },
      confirmationCodeRequired: true,
    };
    const asked = device.start('ask', {}, async ({ downloadOptions }) =>
      (downloadOptions().confirmationCode as (offer: typeof profile) => unknown)(profile),
    );
    await asked.settled(never);
    expect(asked.record).toMatchObject({ state: 'asking', question: { asks: 'confirmationCode' } });
    expect(() => device.answer({ answer: 'yes' })).toThrow(
      expect.objectContaining({ problem: { kind: 'codeMissing' } }),
    );
    while (!asked.hasEnded) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(asked.record.result).toEqual({ cancel: 'timeout' });
  });

  it('that is removed answers its question with a timeout, and reports nothing more', async () => {
    const { park, events } = parkWith();
    const device = park.make({ user: { consent: 'ask' } });
    const asked = device.start('ask', {}, async ({ downloadOptions }) =>
      (downloadOptions().consent as (offer: object) => unknown)({}),
    );
    await asked.settled(never);
    park.remove(device);
    while (!asked.hasEnded) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(asked.record.result).toBe('timeout');
    expect(events.map(({ event }) => event)).toEqual(['made', 'started', 'asking', 'removed']);
  });

  it('keeps the confirmation code out of what it shows', async () => {
    const { park } = parkWith({ server: () => ({ connect: '127.0.0.1:1' }) });
    const operation = download(park.make(), {
      smdpAddress: 'smdp.example.com',
      confirmationCode: 'secret-code',
    });
    expect(await endOf(operation)).toMatchObject({ error: { name: 'TransportError' } });
    expect(JSON.stringify(operation.record)).not.toContain('secret-code');
  });
});
