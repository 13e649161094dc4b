import { describe, expect, it } from 'vitest';
import { decode } from '../../src/wire/asn1/index.js';
import { AuthenticateServerResponse, PrepareDownloadResponse } from '../../src/wire/rsp/index.js';
import { issueDpTls } from '../../src/pki/index.js';
import { TransportError, type VirtualDevice } from '../../src/device/index.js';
import {
  activationCode,
  cancelledWith,
  deviceAt,
  deviceWith,
  errorOf,
  stubWith,
  world,
} from './support/devices.js';
import { minimalIccid, minimalProfile } from './support/profiles.js';

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
    expect(context.deviceInfo.imei?.toString('hex')).toBe('539260110000007f');
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

  it('cancels if the user refuses to give the confirmation code', async () => {
    const { stub, device } = await deviceAt({ confirmationCodeRequired: true });
    const confirmationCode = () => ({ cancel: 'postponed' }) as const;
    expect(await device.download({ activationCode, confirmationCode })).toMatchObject({
      outcome: 'cancelled',
      reason: 'postponed',
    });
    expect(stub.requests.map(({ name }) => name)).toEqual([
      'initiateAuthentication',
      'authenticateClient',
      'cancelSession',
    ]);
  });

  it('runs over TLS that leads to the given CA, under the name of the address', async () => {
    const tls = issueDpTls(world.ci, { names: ['smdp.example.com'] });
    const options = {
      tls: {
        key: tls.key.export({ type: 'pkcs8', format: 'pem' }) as string,
        cert: pem(tls.certificate.der),
      },
    };
    const stub = await stubWith(options);
    const deviceTrusting = (ca: Buffer | undefined): VirtualDevice =>
      deviceWith({ server: { ca, connect: () => stub.address } });
    const trusting = deviceTrusting(world.ci.certificate.der);
    expect(await trusting.download(activationCode)).toMatchObject({ outcome: 'installed' });
    expect(await errorOf(deviceTrusting(undefined).download(activationCode))).toBeInstanceOf(TransportError);
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
