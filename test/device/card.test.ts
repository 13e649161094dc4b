import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cardMaterial,
  createVirtualDevice,
  type CardProperties,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../../src/device/index.js';
import { startMockSmdp, type MockSmdp } from '../../src/index.js';
import { decode, hasBit, tlv } from '../../src/wire/asn1/index.js';
import { EuiccInfo2, UiccCapability } from '../../src/wire/rsp/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { minimalProfile } from './support/profiles.js';
import { activationCode as stubCode, deviceAt, errorOf } from './support/devices.js';

let smdp: MockSmdp;
let certs: string;
beforeAll(async () => {
  certs = await testPkiFolder();
  smdp = await startMockSmdp({ certs });
});
afterAll(() => smdp.close());

let serial = 0;
const newEid = (prefix = '89049032'): string => prefix + String(++serial).padStart(24, '0');

/** A device with these properties and a new EID, for the server. */
function cardWith(card: CardProperties, options: Partial<VirtualDeviceOptions> = {}): VirtualDevice {
  const material = cardMaterial(certs, { eid: card.eid ?? newEid() });
  return smdp.device({ material, card, ...options });
}

const newCode = async (order: object = {}): Promise<string> =>
  (await smdp.profiles.create(order)).activationCode!;

describe('the properties of an eUICC', () => {
  it('are those in its EUICCInfo2', () => {
    const info = decode(
      EuiccInfo2,
      cardWith({
        svn: '2.2.2',
        profileVersion: '3.1.0',
        nonVolatileMemory: 123_456,
        uiccCapability: ['javacard', 3],
        rspCapability: [],
        forbiddenPolicyRules: ['ppr1'],
        sasAccreditationNumber: 'SAS-1',
      }).euicc.getEuiccInfo2(),
    );
    expect(info.svn).toEqual(Buffer.of(2, 2, 2));
    expect(info.profileVersion).toEqual(Buffer.of(3, 1, 0));
    expect(info.extCardResource.toString('hex')).toContain('8204' + (123_456).toString(16).padStart(8, '0'));
    expect(hasBit(info.uiccCapability, UiccCapability.javacard)).toBe(true);
    expect(hasBit(info.uiccCapability, UiccCapability.usimSupport)).toBe(false);
    expect(info.sasAcreditationNumber).toBe('SAS-1');
  });

  it('may name an EID of any manufacturer, for which the CI certifies one', async () => {
    const device = cardWith({ eid: newEid('89033023') });
    expect(await device.download(await newCode())).toMatchObject({ outcome: 'installed' });
  });

  it.each(['P-256', 'brainpoolP256r1'] as const)('may have certificates on %s alone', async (curve) => {
    const device = cardWith({ curve });
    const { euiccCiPKIdListForSigning: signing, euiccCiPKIdListForVerification: verification } = decode(
      EuiccInfo2,
      device.euicc.getEuiccInfo2(),
    );
    expect([signing, verification].map((list) => list.length)).toEqual([1, 1]);
    expect(await device.download(await newCode())).toMatchObject({ outcome: 'installed' });
  });

  it('may list the CIs in another order, and CIs that the eUICC does not have', () => {
    const unknown = 'AB'.repeat(20);
    const lists = (card: CardProperties): readonly string[][] => {
      const info = decode(EuiccInfo2, cardWith(card).euicc.getEuiccInfo2());
      const { euiccCiPKIdListForSigning: signing, euiccCiPKIdListForVerification: verification } = info;
      return [signing, verification].map((list) => list.map((id) => id.toString('hex')));
    };
    const [signing, verification] = lists({}) as [string[], string[]];
    expect(signing).toHaveLength(2);
    expect(
      lists({ signingCis: ['brainpoolP256r1', 'P-256'], verificationCis: [unknown, 'brainpoolP256r1'] }),
    ).toEqual([signing.toReversed(), [unknown.toLowerCase(), verification[1]]]);
  });

  it('trusts no CI that its list lacks', async () => {
    const device = cardWith({ verificationCis: ['ab'.repeat(20)] });
    expect(await errorOf(device.download(await newCode()))).toMatchObject({ status: '8.8.4/3.7' });
  });

  it.each(['bf2200', '00', 'bf22820000', 'ff'])(
    'may send the octets %s as EUICCInfo2',
    async (euiccInfo2) => {
      const device = cardWith({ euiccInfo2 });
      expect(device.euicc.getEuiccInfo2().toString('hex')).toBe(euiccInfo2);
      const end = await device.download(await newCode()).catch((error: unknown) => error);
      expect(end).toMatchObject({
        step: expect.stringMatching(/authenticateServer|authenticateClient/) as string,
      });
    },
  );
});

describe('what an eUICC tolerates', () => {
  const element = tlv(0xa2, Buffer.from('a0058000810102', 'hex'), tlv(0xa1, Buffer.alloc(1400)));
  const end = 9;
  const profilePackage = Buffer.concat([
    minimalProfile().subarray(0, -end),
    element,
    minimalProfile().subarray(-end),
  ]);
  const oversized = { profilePackage, segmentSize: 1500 };

  it('are segments of 1,020 octets, unless a property says more', async () => {
    const strict = await deviceAt(oversized);
    expect(await errorOf(strict.device.download(stubCode))).toMatchObject({
      errorReason: 'scp03tStructureError',
    });
    const { device } = await deviceAt(oversized, { card: { segmentOctets: 1036 + 1000 } });
    expect(await device.download(stubCode)).toMatchObject({ outcome: 'installed' });
  });

  it('are certificates that have expired, if a property says so', async () => {
    const clock = { now: () => new Date('2099-01-01T00:00:00Z') };
    const strict = cardWith({}, { clock });
    expect(await errorOf(strict.download(await newCode()))).toMatchObject({ code: 'invalidCertificate' });
    const lax = cardWith({ ignoreCertificateDates: true }, { clock });
    expect(await lax.download(await newCode())).toMatchObject({ outcome: 'installed' });
  });
});

describe('a failure on purpose', () => {
  it('happens at a profile element, with its reason and status, as often as it is to', async () => {
    const device = cardWith({ failAtElement: 2, failStatus: 9, failTimes: 1 });
    const { iccid, activationCode } = await smdp.profiles.create();
    const error = await errorOf(device.download(activationCode));
    expect(error).toMatchObject({
      errorReason: 'installFailedDueToPEProcessingError',
      bppCommandId: 'loadProfileElements',
    });
    expect(error.message).toMatch(/profile element 2/);
    expect(device.profiles()).toEqual([]);
    await smdp.profiles.waitFor(iccid, 'Error');
    expect(await device.download(await newCode())).toMatchObject({ outcome: 'installed' });
  });

  it('happens at the last element if the package has fewer', async () => {
    const device = cardWith({ failAtElement: 99_999, failReason: 'installFailedDueToUnknownError' });
    expect(await errorOf(device.download(await newCode()))).toMatchObject({
      errorReason: 'installFailedDueToUnknownError',
      message: expect.stringMatching(/tag AA/) as string,
    });
  });

  it('is a full memory, which EUICCInfo2 does not show', async () => {
    const device = cardWith({ memoryFull: true });
    expect(await errorOf(device.download(await newCode()))).toMatchObject({
      errorReason: 'installFailedDueToInsufficientMemoryForProfile',
    });
  });

  it('is a loss of power in the middle, after which the same eUICC tries again', async () => {
    const device = cardWith({ powerLossAtUnit: 5, failTimes: 1 });
    const code = await newCode();
    expect(await device.download(code)).toMatchObject({
      outcome: 'stopped',
      after: 'getBoundProfilePackage',
    });
    expect([device.profiles(), device.notifications()]).toEqual([[], []]);
    expect(await device.download(code)).toMatchObject({ outcome: 'installed', deliveryError: undefined });
  });

  it('is a loss of power after the last unit: the eUICC has the profile, and the server no result', async () => {
    const device = cardWith({ powerLossAtUnit: 100_000, failTimes: 1 });
    const { iccid, activationCode } = await smdp.profiles.create();
    expect(await device.download(activationCode)).toMatchObject({
      outcome: 'stopped',
      after: 'loadBoundProfilePackage',
    });
    expect(device.profiles()).toMatchObject([{ iccid }]);
    expect(await device.sendNotifications()).toMatchObject([
      { iccid, operation: 'install', error: undefined },
    ]);
    await smdp.profiles.waitFor(iccid, 'Installed');
  });

  it('is a user who refuses', async () => {
    const device = cardWith({ userRefuses: 'postponed', failTimes: 1 });
    const code = await newCode();
    expect(await device.download(code)).toMatchObject({ outcome: 'cancelled', reason: 'postponed' });
    expect(await device.download(code)).toMatchObject({ outcome: 'installed' });
  });

  it('is a wrong confirmation code, as often as it is to be', async () => {
    const device = cardWith({ wrongConfirmationCodes: 2 });
    const activationCode = await newCode({ confirmationCode: '4711' });
    const attempt = () => device.download({ activationCode, confirmationCode: '4711' });
    for (let wrong = 0; wrong < 2; wrong++)
      expect(await errorOf(attempt())).toMatchObject({ status: '8.2.7/3.8' });
    expect(await attempt()).toMatchObject({ outcome: 'installed' });
  });

  it('is a notification that the LPA keeps until it is to send it', async () => {
    const device = cardWith({ holdNotifications: true });
    const { iccid, activationCode } = await smdp.profiles.create();
    expect(await device.download(activationCode)).toMatchObject({
      outcome: 'installed',
      deliveryError: { name: 'NotificationHeld' },
    });
    expect((await smdp.profiles.get(iccid)).state).toBe('Downloaded');
    expect(await device.sendNotifications()).toMatchObject([{ error: undefined }]);
    await smdp.profiles.waitFor(iccid, 'Installed');
  });
});

it('a device with a wrong property is not made', () => {
  expect(() => createVirtualDevice({ material: certs, card: { svn: 'two' } })).toThrow(
    /^card: svn: 'two' is not allowed\. Allowed: three numbers/,
  );
});
