import { describe, expect, it } from 'vitest';
import {
  HttpStatusError,
  NonconformityError,
  ServerRefusal,
  TransportError,
} from '../../src/device/index.js';
import { activationCode, cancelledWith, deviceAt, errorOf } from './support/devices.js';
import { failed, type StubOptions } from './support/smdp-stub.js';

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
      /its subjectCode or reasonCode is missing/,
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
      /missing or not a string/,
    ],
    [
      'that failed and has results',
      { answer: (_, honest) => ({ ...honest, ...failed('8.1', '6.1') }) },
      /status Failed, but also/,
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
    ['without a body', { http: (_, answer) => ({ ...answer, body: '' }) }, /the answer has an empty body/],
    ['that is not JSON', { http: (_, answer) => ({ ...answer, body: '<html>' }) }, /not JSON/],
  ])('%s is a nonconformity', async (_, options, message) => {
    const { device } = await deviceAt(options);
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(NonconformityError);
    expect(error.message).toMatch(message);
  });

  it('to a notification has to name the protocol too', async () => {
    const { device } = await deviceAt({
      http: (name, answer) => (name === 'handleNotification' ? { ...answer, headers: {} } : answer),
    });
    const result = await device.download(activationCode);
    expect(result).toMatchObject({ deliveryError: expect.any(NonconformityError) as unknown });
    expect(device.notifications()).toHaveLength(1);
  });

  it('with a foreign address in serverSigned1 is a nonconformity', async () => {
    const { device } = await deviceAt({ serverAddress: 'other.example.com' });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(NonconformityError);
    expect(error.message).toMatch(/address 'other.example.com', but the LPA asked 'smdp.example.com'/);
  });

  it('that is endless is cut off', async () => {
    const { device } = await deviceAt({
      http: (_, answer) => ({ ...answer, body: ' '.repeat(17 * 1024 * 1024) }),
    });
    const error = await errorOf(device.download(activationCode));
    expect(error).toBeInstanceOf(TransportError);
    expect(error.message).toMatch(/longer than 16 MiB/);
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
