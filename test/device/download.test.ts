import { afterEach, describe, expect, it } from 'vitest';
import { bits, decode } from '../../src/asn1/index.js';
import {
  AuthenticateServerResponse,
  CancelSessionResponse,
  PendingNotification,
  PrepareDownloadResponse,
} from '../../src/rsp/index.js';
import { issueDpTls } from '../../src/pki/issue.js';
import {
  createVirtualDevice,
  EuiccRefusal,
  HttpStatusError,
  InstallationFailed,
  NonconformityError,
  ServerRefusal,
  SessionRefused,
  TransportError,
  UsageError,
  type LpaError,
  type VirtualDevice,
  type VirtualDeviceOptions,
} from '../../src/device/index.js';
import { metadataFor, minimalIccid, minimalProfile, everyEvent } from './support/profiles.js';
import { failed, SmdpStub, type StubOptions } from './support/smdp-stub.js';
import { testWorld } from './support/test-server.js';

const world = testWorld();
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A stub and a device that reaches it in plain HTTP, under the address smdp.example.com. */
async function deviceAt(
  options: StubOptions = {},
  deviceOptions: Partial<VirtualDeviceOptions> = {},
): Promise<{ stub: SmdpStub; device: VirtualDevice }> {
  const stub = await SmdpStub.start(world, options);
  const device = createVirtualDevice({
    material: world.material,
    server: { tls: false, connect: stub.address },
    ...deviceOptions,
  });
  open.push(stub, device);
  return { stub, device };
}

const activationCode = 'LPA:1$smdp.example.com$0A1B2-3C4D5';

async function errorOf(promise: Promise<unknown>): Promise<LpaError> {
  return promise.then(
    () => {
      throw new Error('nothing was raised');
    },
    (error: LpaError) => error,
  );
}

describe('a download', () => {
  it('installs the profile and delivers the result', async () => {
    const { stub, device } = await deviceAt();
    const steps: string[] = [];
    const result = await device.download({ activationCode, onStep: ({ step }) => steps.push(step) });
    expect(result).toMatchObject({
      outcome: 'installed',
      iccid: minimalIccid,
      smdpOid: '2.999.10',
      seqNumber: 0,
      deliveryError: undefined,
    });
    expect(stub.calls).toEqual([
      'initiateAuthentication',
      'authenticateClient',
      'getBoundProfilePackage',
      'handleNotification',
    ]);
    expect(steps).toEqual([
      'initiateAuthentication',
      'authenticateServer',
      'authenticateClient',
      'prepareDownload',
      'getBoundProfilePackage',
      'loadBoundProfilePackage',
      'handleNotification',
    ]);
    expect(device.profiles()).toMatchObject([{ iccid: minimalIccid, state: 'disabled' }]);
    expect(device.notifications()).toEqual([]);
    expect(device.euicc.installedPackage(minimalIccid)).toEqual(minimalProfile());
  });

  it('speaks ES9+ as SGP.22 6 wants it', async () => {
    const { stub, device } = await deviceAt();
    await device.download(activationCode);
    const [first, second] = stub.requests;
    expect(first!.headers).toMatchObject({
      host: 'smdp.example.com',
      'user-agent': 'gsma-rsp-lpad',
      'x-admin-protocol': 'gsma/rsp/v2.5.0',
      'content-type': 'application/json',
    });
    expect(Object.keys(first!.body).sort()).toEqual(['euiccChallenge', 'euiccInfo1', 'smdpAddress']);
    expect(first!.body['smdpAddress']).toBe('smdp.example.com');
    expect(second!.body['transactionId']).toMatch(/^[0-9A-F]{32}$/);
  });

  it('sends the address exactly as the activation code has it', async () => {
    const { stub, device } = await deviceAt();
    await device.download('LPA:1$SMDP.EXAMPLE.COM:8443$TOKEN');
    expect(stub.requests[0]!.body['smdpAddress']).toBe('SMDP.EXAMPLE.COM:8443');
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['given', 'TOKEN'],
  ])('sends a MatchingID that is %s as such', async (_, matchingId) => {
    const { stub, device } = await deviceAt();
    await device.download({
      smdpAddress: 'smdp.example.com',
      matchingId,
      imei: '352906110000007',
    });
    const octets = Buffer.from(stub.requests[1]!.body['authenticateServerResponse'] as string, 'base64');
    const response = decode(AuthenticateServerResponse, octets);
    if (!('authenticateResponseOk' in response)) throw new Error('refused');
    const context = response.authenticateResponseOk.euiccSigned1.ctxParams1.ctxParamsForCommonAuthentication;
    expect(context.matchingId).toBe(matchingId);
    expect(context.deviceInfo.tac.toString('hex')).toBe('53926011');
    expect(context.deviceInfo.imei?.toString('hex')).toBe('53926011000000f7');
  });

  it('asks for the confirmation code only where one is required', async () => {
    const asked: boolean[] = [];
    for (const confirmationCodeRequired of [true, false]) {
      const { stub, device } = await deviceAt({ confirmationCodeRequired });
      let wasAsked = false;
      await device.download({
        activationCode,
        confirmationCode: () => {
          wasAsked = true;
          return '12345678';
        },
      });
      const octets = Buffer.from(stub.requests[2]!.body['prepareDownloadResponse'] as string, 'base64');
      const response = decode(PrepareDownloadResponse, octets);
      if (!('downloadResponseOk' in response)) throw new Error('refused');
      expect(response.downloadResponseOk.euiccSigned2.hashCc !== undefined).toBe(confirmationCodeRequired);
      asked.push(wasAsked);
    }
    expect(asked).toEqual([true, false]);
  });

  it('runs over TLS that leads to the given CA, under the name of the address', async () => {
    const tls = issueDpTls(world.ci, { names: ['smdp.example.com'] });
    const options = {
      tls: {
        key: tls.key.export({ type: 'pkcs8', format: 'pem' }) as string,
        cert: pem(tls.certificate.der),
      },
    };
    const stub = await SmdpStub.start(world, options);
    open.push(stub);
    const deviceWith = (ca: Buffer | undefined): VirtualDevice => {
      const device = createVirtualDevice({
        material: world.material,
        server: { ca, connect: () => stub.address },
      });
      open.push(device);
      return device;
    };
    const trusting = deviceWith(world.ci.certificate.der);
    expect(await trusting.download(activationCode)).toMatchObject({ outcome: 'installed' });
    expect(await errorOf(deviceWith(undefined).download(activationCode))).toBeInstanceOf(TransportError);
    const wrongName = errorOf(trusting.download('LPA:1$other.example.com$TOKEN'));
    expect(await wrongName).toBeInstanceOf(TransportError);
  });
});

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;

describe('a download that ends early', () => {
  it('stops where it was told to, without a word to the server', async () => {
    const { stub, device } = await deviceAt();
    const result = await device.download({ activationCode, stopAfter: 'authenticateClient' });
    expect(result).toMatchObject({ outcome: 'stopped', after: 'authenticateClient' });
    expect(stub.calls).toEqual(['initiateAuthentication', 'authenticateClient']);
  });

  it.each(['authenticateClient', 'prepareDownload', 'getBoundProfilePackage'] as const)(
    'cancels after %s, signed by the eUICC',
    async (cancelAfter) => {
      const { stub, device } = await deviceAt();
      const result = await device.download({ activationCode, cancel: 'postponed', cancelAfter });
      expect(result).toMatchObject({ outcome: 'cancelled', reason: 'postponed' });
      expect(cancelledWith(stub)).toBe(1);
      expect(device.profiles()).toEqual([]);
    },
  );

  it('cancels when the user refuses', async () => {
    const { stub, device } = await deviceAt();
    const result = await device.download({ activationCode, consent: () => 'endUserRejection' });
    expect(result).toMatchObject({ outcome: 'cancelled', reason: 'endUserRejection' });
    expect(cancelledWith(stub)).toBe(0);
  });
});

/** Reason in the cancelSession that the stub got. */
function cancelledWith(stub: SmdpStub): number | undefined {
  const request = stub.requests.find(({ name }) => name === 'cancelSession');
  if (!request) return undefined;
  const response = decode(
    CancelSessionResponse,
    Buffer.from(request.body['cancelSessionResponse'] as string, 'base64'),
  );
  return 'cancelSessionResponseOk' in response
    ? response.cancelSessionResponseOk.euiccCancelSessionSigned.reason
    : undefined;
}

describe('the LPA refuses', () => {
  it('a package whose metadata is not what was offered', async () => {
    const { stub, device } = await deviceAt({ bindMetadata: metadataFor({ profileName: 'Another' }) });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(SessionRefused);
    expect(error).toMatchObject({ step: 'getBoundProfilePackage', reason: 'metadataMismatch' });
    expect(cancelledWith(stub)).toBe(4);
  });

  it('a package that does not have the layout of SGP.22', async () => {
    const { stub, device } = await deviceAt({ boundProfilePackage: (honest) => honest.subarray(0, -20) });
    expect(await errorOf(device.download(activationCode))).toMatchObject({ reason: 'loadBppExecutionError' });
    expect(cancelledWith(stub)).toBe(5);
  });

  it('policy rules that the eUICC forbids', async () => {
    const profileOwner = { mccMnc: Buffer.from('00f110', 'hex') };
    const offeredMetadata = metadataFor({ profilePolicyRules: bits(1), profileOwner });
    const traits = { forbiddenPolicyRules: ['ppr1'] as const };
    const { stub, device } = await deviceAt({ offeredMetadata }, { traits });
    expect(await errorOf(device.download(activationCode))).toMatchObject({ reason: 'pprNotAllowed' });
    expect(cancelledWith(stub)).toBe(3);
    const error = await errorOf(device.download({ activationCode, leaveChecksToEuicc: true }));
    expect(error).toMatchObject({ bppCommandId: 'storeMetadata', errorReason: 'pprNotAllowed' });
  });

  it('an SM-DP+ other than the one in the activation code', async () => {
    const { stub, device } = await deviceAt();
    const error = await errorOf(device.download(`${activationCode}$2.999.12`));
    expect(error.message).toMatch(/names SM-DP\+ 2\.999\.12, the server is 2\.999\.10/);
    expect(stub.calls).toEqual(['initiateAuthentication']);
  });

  it('an activation code that is none', async () => {
    const { device } = await deviceAt();
    expect(await errorOf(device.download('2$smdp.example.com$X'))).toBeInstanceOf(UsageError);
  });
});

describe('the eUICC refuses', () => {
  it('a server that signs wrongly, and the server hears of it', async () => {
    const { stub, device } = await deviceAt({
      answer: (name, members) =>
        name === 'initiateAuthentication'
          ? {
              ...members,
              serverSignature1: Buffer.from(`5f3740${'01'.repeat(64)}`, 'hex').toString('base64'),
            }
          : members,
    });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(EuiccRefusal);
    expect(error).toMatchObject({ step: 'authenticateServer', code: 'invalidSignature' });
    expect(stub.calls).toEqual(['initiateAuthentication', 'authenticateClient']);
  });

  it('a binding certificate that is none', async () => {
    const { stub, device } = await deviceAt({
      answer: (name, members) =>
        name === 'authenticateClient'
          ? { ...members, smdpCertificate: world.auth.certificate.der.toString('base64') }
          : members,
    });
    expect(await errorOf(device.download(activationCode))).toMatchObject({
      step: 'prepareDownload',
      code: 'invalidCertificate',
    });
    expect(stub.calls.at(-1)).toBe('getBoundProfilePackage');
  });

  it('a faulty package, and the server gets the result', async () => {
    const { stub, device } = await deviceAt({ profilePackage: Buffer.from('a000aa00', 'hex') });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(InstallationFailed);
    expect(error).toMatchObject({ errorReason: 'installFailedDueToPEProcessingError', seqNumber: 0 });
    expect(stub.calls.at(-1)).toBe('handleNotification');
    expect(device.notifications()).toEqual([]);
  });
});

describe('the answer of the server', () => {
  it('that fails is a refusal with its status code', async () => {
    const { device } = await deviceAt({ answer: () => failed('8.8.1', '3.10') });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(ServerRefusal);
    expect(error).toMatchObject({ status: '8.8.1/3.10', step: 'initiateAuthentication' });
  });

  it.each([201, 400, 404, 500, 503])('with HTTP status %i is an error', async (status) => {
    const { device } = await deviceAt({ http: (_, answer) => ({ ...answer, status }) });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(HttpStatusError);
    expect(error).toMatchObject({ httpStatus: status });
  });

  const members = (change: Record<string, unknown>): StubOptions => ({
    answer: (_, honest) => ({ ...honest, ...change }),
  });
  const headers = (change: Record<string, string>): StubOptions => ({
    http: (_, answer) => ({ ...answer, headers: { ...answer.headers, ...change } }),
  });
  it.each<[string, StubOptions, RegExp]>([
    ['with an unknown member', members({ extra: 1 }), /member 'extra'/],
    ['without header', members({ header: undefined }), /no header/],
    [
      'with another status',
      members({ header: { functionExecutionStatus: { status: 'OK' } } }),
      /status is "OK"/,
    ],
    [
      'that failed without codes',
      { answer: () => ({ header: { functionExecutionStatus: { status: 'Failed' } } }) },
      /without subjectCode/,
    ],
    [
      'that failed with codes in numbers',
      {
        answer: () => ({
          header: {
            functionExecutionStatus: {
              status: 'Failed',
              statusCodeData: { subjectCode: 8.1, reasonCode: 6.1 },
            },
          },
        }),
      },
      /as strings/,
    ],
    [
      'that failed and has results',
      { answer: (_, honest) => ({ ...honest, ...failed('8.1', '6.1') }) },
      /failed, and yet/,
    ],
    ['with transactionId in lower case', members({ transactionId: 'ab' }), /upper-case/],
    [
      'with another transactionId than the signed one',
      members({ transactionId: 'AB' }),
      /in serverSigned1 it is/,
    ],
    ['without serverSigned1', members({ serverSigned1: undefined }), /'serverSigned1' is missing/],
    ['with broken base64', members({ serverCertificate: 'AAA\nAAAA=' }), /'serverCertificate' is not base64/],
    ['of another protocol', headers({ 'X-Admin-Protocol': 'gsma/rsp/v3.0.0' }), /X-Admin-Protocol/],
    ['of another content type', headers({ 'Content-Type': 'text/plain' }), /Content-Type/],
    ['that is not JSON', { http: (_, answer) => ({ ...answer, body: '<html>' }) }, /not JSON/],
  ])('%s is a nonconformity', async (_, options, message) => {
    const { device } = await deviceAt(options);
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(NonconformityError);
    expect(error.message).toMatch(message);
  });

  it('with an unknown member is accepted by an LPA that is not strict', async () => {
    const options = members({ extra: 1 });
    const { device } = await deviceAt(options, { es9plus: { strict: false } });
    expect(await device.download(activationCode)).toMatchObject({ outcome: 'installed' });
  });

  it('of another transaction ends the session', async () => {
    const { stub, device } = await deviceAt({
      answer: (name, honest) => (name === 'authenticateClient' ? { ...honest, transactionId: 'AB' } : honest),
    });
    expect(await errorOf(device.download(activationCode))).toMatchObject({ reason: 'undefinedReason' });
    expect(cancelledWith(stub)).toBe(127);
  });

  it('that never comes is a transport error', async () => {
    const { device } = await deviceAt(
      {},
      { server: { tls: false, connect: '127.0.0.1:1', timeoutMs: 2000 } },
    );
    expect(await errorOf(device.download(activationCode))).toBeInstanceOf(TransportError);
  });
});

describe('edits of the LPA', () => {
  it('change members and raw requests', async () => {
    const { stub, device } = await deviceAt(
      {},
      {
        es9plus: {
          edits: {
            members: (step, sent) => ({ ...sent, marker: step }),
            request: (_, request) => ({ ...request, headers: { ...request.headers, 'X-Marker': 'yes' } }),
          },
        },
      },
    );
    await device.download({ activationCode, stopAfter: 'initiateAuthentication' });
    expect(stub.requests[0]!.body['marker']).toBe('initiateAuthentication');
    expect(stub.requests[0]!.headers['x-marker']).toBe('yes');
  });
});

describe('notifications', () => {
  const offeredMetadata = metadataFor({
    notificationConfigurationInfo: [
      { profileManagementOperation: everyEvent, notificationAddress: 'smdp.example.com' },
      { profileManagementOperation: bits(0, 3), notificationAddress: 'other.example.com' },
    ],
  });

  it('stay on the eUICC until a server answers 204', async () => {
    let status = 500;
    const { device } = await deviceAt({
      http: (name, answer) => (name === 'handleNotification' ? { ...answer, status } : answer),
    });
    const result = await device.download(activationCode);
    expect(result).toMatchObject({
      outcome: 'installed',
      deliveryError: expect.any(HttpStatusError) as unknown,
    });
    expect(await device.sendNotifications()).toMatchObject([
      { seqNumber: 0, error: expect.any(HttpStatusError) as unknown },
    ]);
    expect(device.notifications()).toHaveLength(1);
    status = 204;
    expect(await device.sendNotifications()).toMatchObject([{ seqNumber: 0, error: undefined }]);
    expect(device.notifications()).toEqual([]);
  });

  it('go to every address that the metadata names for the event', async () => {
    const { stub, device } = await deviceAt({ offeredMetadata });
    await device.download(activationCode);
    device.enable(minimalIccid);
    device.disable(minimalIccid);
    device.delete(minimalIccid);
    const sent = await device.sendNotifications();
    expect(sent.map(({ seqNumber, operation, address }) => [seqNumber, operation, address])).toEqual([
      [1, 'install', 'other.example.com'],
      [2, 'enable', 'smdp.example.com'],
      [3, 'disable', 'smdp.example.com'],
      [4, 'delete', 'smdp.example.com'],
      [5, 'delete', 'other.example.com'],
    ]);
    const delivered = stub.requests
      .filter(({ name }) => name === 'handleNotification')
      .map(({ body }) => Object.keys(pending(body)));
    expect(delivered.flat()).toEqual([
      'profileInstallationResult',
      ...Array<string>(5).fill('otherSignedNotification'),
    ]);
    expect(device.profiles()).toEqual([]);
  });
});

const pending = (body: Record<string, unknown>): PendingNotification =>
  decode(PendingNotification, Buffer.from(body['pendingNotification'] as string, 'base64'));
