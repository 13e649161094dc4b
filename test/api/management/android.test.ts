import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { magicCodes } from '../../../src/instruments/faults/index.js';
import { startMockSmdp, type MockSmdp } from '../../../src/index.js';

let smdp: MockSmdp;
beforeAll(async () => {
  smdp = await startMockSmdp();
});
afterAll(() => smdp.close());
beforeEach(() => smdp.reset());

type Made = NonNullable<Parameters<MockSmdp['devices']['create']>[0]>;
const phone = async (more: Made = {}): Promise<string> =>
  (await smdp.devices.create({ platform: 'android', ...more })).name;

const add = async (
  device: string,
  activationCode: string,
  activationState: 'ACTIVATED' | 'NOT_ACTIVATED' = 'ACTIVATED',
) => {
  const issued = await smdp.android.issue(device, {
    type: 'ADD_ESIM',
    addEsimParams: { activationCode, activationState },
  });
  return smdp.android.finished(device, issued.name);
};

const remove = async (device: string, iccId: string) => {
  const { name } = await smdp.android.issue(device, { type: 'REMOVE_ESIM', removeEsimParams: { iccId } });
  return smdp.android.finished(device, name);
};

const wipe = async (device: string, ...wipeDataFlags: 'WIPE_ESIMS'[]) => {
  const { name } = await smdp.android.issue(device, { type: 'WIPE', wipeParams: { wipeDataFlags } });
  return smdp.android.finished(device, name);
};

const codeFor = (matchingId: string): string => `LPA:1$${smdp.address}$${matchingId}`;

describe('ADD_ESIM', () => {
  it.each([
    ['ACTIVATED', 'enabled'],
    ['NOT_ACTIVATED', 'disabled'],
  ] as const)('with %s downloads a profile, which is then %s', async (activationState, state) => {
    const device = await phone();
    const { iccid, activationCode } = await smdp.profiles.create();
    const issued = await smdp.android.issue(device, {
      type: 'ADD_ESIM',
      addEsimParams: { activationCode: activationCode!, activationState },
    });
    expect(issued).toMatchObject({
      name: `devices/${device}/operations/1`,
      metadata: { type: 'ADD_ESIM', esimStatus: { status: 'IN_PROGRESS' } },
      done: false,
    });
    expect(await smdp.android.finished(device, 1)).toMatchObject({
      done: true,
      metadata: { esimStatus: { status: 'SUCCESS', esimInfo: { iccId: iccid } } },
    });
    expect((await smdp.devices.get(device)).profiles).toMatchObject([{ iccid, state }]);
    expect(await smdp.android.get(device)).toMatchObject({ managedEsims: [{ iccId: iccid }] });
    expect(await smdp.android.operations(device)).toHaveLength(1);
  });

  it('waits for the user, who may deny it', async () => {
    const device = await phone({ user: { consent: 'ask' } });
    const { activationCode } = await smdp.profiles.create();
    expect(await add(device, activationCode!)).toMatchObject({
      done: false,
      metadata: { esimStatus: { status: 'PENDING_USER_ACTION' } },
    });
    await smdp.devices.consent(device, { answer: 'no' });
    expect(await smdp.android.finished(device, 1)).toMatchObject({
      done: true,
      metadata: { esimStatus: { status: 'ERROR_USER_DENIED' } },
    });
  });

  it('waits for the user, who may agree', async () => {
    const device = await phone({ user: { consent: 'ask' } });
    const { activationCode } = await smdp.profiles.create();
    await add(device, activationCode!);
    await smdp.devices.consent(device, { answer: 'yes' });
    expect(await smdp.android.finished(device, 1)).toMatchObject({
      metadata: { esimStatus: { status: 'SUCCESS' } },
    });
  });

  it('is not carried out while the setup is in progress', async () => {
    const device = await phone();
    await smdp.android.changeSettings(device, { isSetupInProgress: true });
    const { activationCode } = await smdp.profiles.create();
    expect(await add(device, activationCode!)).toMatchObject({
      done: true,
      metadata: { esimStatus: { status: 'ERROR_SETUP_IN_PROGRESS' } },
    });
  });

  it('with ACTIVATED needs a free slot, if there is more than one', async () => {
    const device = await phone();
    await smdp.android.changeSettings(device, { slots: 2, activeElsewhere: 1 });
    const profiles = await Promise.all([1, 2, 3].map(() => smdp.profiles.create()));
    const [first, second, third] = profiles.map(({ activationCode }) => activationCode!);
    const statusOf = async (code: string, state?: 'NOT_ACTIVATED') =>
      (await add(device, code, state)).metadata.esimStatus?.status;
    expect(await statusOf(first!)).toBe('SUCCESS');
    expect(await statusOf(second!)).toBe('ERROR_MULTIPLE_ACTIVE_ESIMS_NO_AVAILABLE_SLOT');
    expect(await statusOf(second!, 'NOT_ACTIVATED')).toBe('SUCCESS');
    await smdp.android.changeSettings(device, { slots: 1 });
    expect(await statusOf(third!)).toBe('SUCCESS');
  });

  it.each([
    [{ hasEuicc: false }, '10006', 'ERROR_EUICC_MISSING', '0x03002716'],
    [{ androidVersion: 14 }, undefined, undefined, undefined],
  ])('on a device with %o fails', async (settings, errorCode, errorCodeDetail, detailedCode) => {
    const device = await phone();
    await smdp.android.changeSettings(device, settings);
    const { done, metadata, euiccManager } = await add(device, codeFor('X'));
    expect(done).toBe(true);
    expect(euiccManager?.detailedCode).toBe(detailedCode);
    if (errorCode === undefined) expect(metadata.errorCode).toBe('API_LEVEL');
    else expect(metadata.esimStatus?.internalErrorDetails).toMatchObject({ errorCode, errorCodeDetail });
  });

  it('fails while the device does something else', async () => {
    const device = await phone({ user: { consent: 'ask' } });
    const { activationCode } = await smdp.profiles.create();
    await add(device, activationCode!);
    expect(await add(device, activationCode!)).toMatchObject({
      metadata: {
        esimStatus: { internalErrorDetails: { errorCodeDetail: 'ERROR_OPERATION_BUSY', operationCode: '1' } },
      },
      euiccManager: { detailedCode: '0x01002720' },
    });
  });

  it.each(['LPA:1$no', 'hello', 'LPA:1$host with blanks$X'])(
    'with the activation code %s fails, as EuiccManager says',
    async (activationCode) => {
      expect(await add(await phone(), activationCode)).toMatchObject({
        metadata: {
          esimStatus: {
            status: 'INTERNAL_ERROR',
            internalErrorDetails: { errorCodeDetail: 'ERROR_INVALID_ACTIVATION_CODE' },
          },
        },
        euiccManager: { detailedCode: '0x05002711' },
      });
    },
  );

  const fails = magicCodes
    .flatMap(({ examples }) => examples)
    .filter((one) =>
      /^(ERR|MEMORY|CUT$|HALF$|HTTP-(500|404|GBPP)|HTML|EMPTY|SIG|TID$|CERT-(EX|CU)|BPP|META-B)/.test(one),
    );
  it.each(fails)('reports the error of %s as the session does', async (matchingId) => {
    const device = await phone();
    const { metadata, euiccManager } = await add(device, codeFor(matchingId));
    expect(metadata.esimStatus?.status).toBe('INTERNAL_ERROR');
    const details = metadata.esimStatus!.internalErrorDetails!;
    const code = Number(details.operationCode) * 0x1000000 + Number(details.errorCode);
    expect(Number(euiccManager!.detailedCode)).toBe(code);
    const { eid } = await smdp.devices.get(device);
    const { items } = await smdp.journal.sessions({ eid });
    expect(items[0]!.whatDevicesSay?.android).toEqual(euiccManager);
  });
});

describe('a status code of SGP.22', () => {
  it('is packed into errorCode, with operation code 10', async () => {
    expect(await add(await phone(), codeFor('ERR-8-11-1-5-1'))).toMatchObject({
      metadata: {
        esimStatus: {
          internalErrorDetails: {
            errorCode: '9113681',
            errorCodeDetail: 'ERROR_CODE_DETAIL_UNSPECIFIED',
            operationCode: '10',
            operationCodeDetail: 'OPERATION_SMDX_SUBJECT_REASON_CODE',
          },
        },
      },
      euiccManager: { detailedCode: '0x0A8B1051', confirmed: true },
    });
  });
});

describe('REMOVE_ESIM', () => {
  it('disables and deletes a profile that the enterprise has added', async () => {
    const device = await phone();
    const { iccid, activationCode } = await smdp.profiles.create();
    await add(device, activationCode!);
    expect(await remove(device, iccid)).toMatchObject({
      done: true,
      metadata: { esimStatus: { status: 'SUCCESS', esimInfo: { iccId: iccid } } },
    });
    expect((await smdp.devices.get(device)).profiles).toEqual([]);
    expect(await smdp.profiles.get(iccid)).toMatchObject({ installedState: 'deleted' });
  });

  it("does not find a profile that is the user's, or is not there", async () => {
    const device = await phone();
    const { iccid, activationCode } = await smdp.profiles.create();
    await smdp.devices.download(device, activationCode!);
    for (const one of [iccid, '8900101000000000019'])
      expect(await remove(device, one)).toMatchObject({
        done: true,
        metadata: { esimStatus: { status: 'ERROR_ICC_ID_NOT_FOUND' } },
      });
    expect((await smdp.devices.get(device)).profiles).toHaveLength(1);
  });

  it('fails if a policy rule forbids it', async () => {
    const device = await phone();
    const profile = await smdp.profiles.create({
      metadata: { profilePolicyRules: ['ppr2'], profileOwner: { mccMnc: '00101' } },
    });
    await add(device, profile.activationCode!);
    expect(await remove(device, profile.iccid)).toMatchObject({
      metadata: {
        esimStatus: { internalErrorDetails: { errorCodeDetail: 'ERROR_DISALLOWED_BY_PPR' } },
      },
      euiccManager: { detailedCode: '0x0700271A' },
    });
  });
});

describe('REQUEST_DEVICE_INFO', () => {
  const ask = (device: string) =>
    smdp.android.issue(device, {
      type: 'REQUEST_DEVICE_INFO',
      requestDeviceInfoParams: { deviceInfo: 'EID' },
    });

  it("needs no consent on a company's device, whose EID is known anyway", async () => {
    const device = await phone();
    const { eid } = await smdp.devices.get(device);
    expect(await ask(device)).toMatchObject({
      done: true,
      metadata: { requestDeviceInfoStatus: { status: 'SUCCEEDED', eidInfo: { eids: [{ eid }] } } },
    });
    expect(await smdp.android.get(device)).toMatchObject({
      ownership: 'COMPANY_OWNED',
      hardwareInfo: { euiccChipInfo: [{ eid }] },
    });
  });

  it("waits for the user of a personal device, and keeps the user's answer", async () => {
    const device = await phone();
    await smdp.android.changeSettings(device, { ownership: 'personal', deviceInfoConsent: 'pending' });
    expect((await smdp.android.get(device)).hardwareInfo.euiccChipInfo).toEqual([]);
    expect(await ask(device)).toMatchObject({
      done: false,
      metadata: { requestDeviceInfoStatus: { status: 'PENDING_USER_ACTION' } },
    });
    await smdp.android.changeSettings(device, { deviceInfoConsent: 'declined' });
    const declined = { done: true, metadata: { requestDeviceInfoStatus: { status: 'USER_DECLINED' } } };
    expect(await smdp.android.operation(device, 1)).toMatchObject(declined);
    await smdp.android.changeSettings(device, { deviceInfoConsent: 'granted' });
    expect(await smdp.android.operation(device, 1)).toMatchObject(declined);
    expect(await ask(device)).toMatchObject({
      metadata: { requestDeviceInfoStatus: { status: 'SUCCEEDED' } },
    });
  });

  it.each([
    [{ hasEuicc: false }, { requestDeviceInfoStatus: { status: 'UNSUPPORTED' } }],
    [{ androidVersion: 12 }, { errorCode: 'API_LEVEL' }],
  ])('on a device with %o fails', async (settings, metadata) => {
    const device = await phone();
    await smdp.android.changeSettings(device, settings);
    expect(await ask(device)).toMatchObject({ done: true, metadata });
  });
});

describe('WIPE', () => {
  const withTwo = async () => {
    const device = await phone();
    const [own, managed] = await Promise.all([smdp.profiles.create(), smdp.profiles.create()]);
    await smdp.devices.download(device, own.activationCode!);
    await add(device, managed.activationCode!);
    return { device, own: own.iccid, managed: managed.iccid };
  };
  const left = async (device: string) => (await smdp.devices.get(device)).profiles.map(({ iccid }) => iccid);

  it('leaves the eSIMs, without WIPE_ESIMS', async () => {
    const { device, own, managed } = await withTwo();
    expect(await wipe(device)).toMatchObject({ done: true });
    expect(await left(device)).toEqual([own, managed]);
    expect((await smdp.android.get(device)).managedEsims).toEqual([]);
  });

  it('takes all eSIMs, with WIPE_ESIMS', async () => {
    const { device, own } = await withTwo();
    await wipe(device, 'WIPE_ESIMS');
    expect(await left(device)).toEqual([]);
    expect(await smdp.profiles.get(own)).toMatchObject({ installedState: 'deleted' });
  });

  it('takes the managed eSIMs with the work profile, from Android 16', async () => {
    const { device, own } = await withTwo();
    await smdp.android.changeSettings(device, { ownership: 'personal', androidVersion: 16 });
    await wipe(device);
    expect(await left(device)).toEqual([own]);
  });
});

describe('a command', () => {
  it.each([
    [{}, 'type'],
    [{ type: 'REBOOT' }, 'type'],
    [{ type: 'ADD_ESIM' }, 'addEsimParams'],
    [{ type: 'ADD_ESIM', addEsimParams: { activationCode: 'x' } }, 'addEsimParams.activationState'],
    [{ type: 'REMOVE_ESIM', removeEsimParams: { iccId: '1' }, wipeParams: {} }, 'wipeParams'],
    [{ type: 'REQUEST_DEVICE_INFO', requestDeviceInfoParams: { deviceInfo: 'IMEI' } }, undefined],
  ])('%o is refused with 400', async (command, field) => {
    const refused = smdp.android.issue(await phone(), command as never);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      ...(field !== undefined && { errors: [{ field }] }),
    });
  });

  it('that does not exist is answered with 404, a device of another platform with 409', async () => {
    await expect(smdp.android.operation(await phone(), 7)).rejects.toMatchObject({ status: 404 });
    const { name } = await smdp.devices.create({ platform: 'apple' });
    await expect(smdp.android.get(name)).rejects.toMatchObject({ status: 409 });
  });
});
