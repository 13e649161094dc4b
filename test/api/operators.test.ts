import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateToPem, fingerprintOf, issuePrivateCa } from '../../src/pki/index.js';
import { now, testApi, type TestApi } from './support.js';

const { certificate } = issuePrivateCa('test.operator.com');
const pem = certificateToPem(certificate);
const fingerprint = fingerprintOf(new X509Certificate(certificate.der));

const defaults = {
  certificates: [],
  expiredCertificates: false,
  callbackUrl: null,
  callbackCa: null,
  callbackClientCertificate: true,
  confirmationCodeAttempts: 5,
  downloadAttempts: null,
  orderValidity: null,
  afterDeletion: 'staysSpent',
  resultData: 'profileInstallationResultData',
  notificationPointIds: {},
  updatedAt: now.toISOString(),
};

const settings = {
  callbackUrl: 'https://bss.example.com:8444/base',
  callbackCa: pem,
  callbackClientCertificate: false,
  confirmationCodeAttempts: 0,
  downloadAttempts: 3,
  orderValidity: 86_400,
  afterDeletion: 'releasedAgain',
  resultData: 'pendingNotification',
  notificationPointIds: { delete: 5, enable: 101, disable: 102 },
};

describe('PUT /operators/{identifier}', () => {
  it('registers an operator with defaults', async () => {
    const { call } = await testApi();
    const answer = await call('PUT', '/operators/2.999.1', {});
    expect(answer).toMatchObject({ status: 201, headers: { location: '/api/v1/operators/2.999.1' } });
    expect(answer.body).toEqual({ identifier: '2.999.1', ...defaults });
    expect((await call('GET', '/operators/2.999.1')).body).toEqual(answer.body);
  });

  it('takes everything that there is to say', async () => {
    const { call } = await testApi();
    await call('PUT', '/operators/2.999.1', settings);
    expect((await call('GET', '/operators/2.999.1')).body).toMatchObject(settings);
  });

  it('replaces all settings', async () => {
    const { call } = await testApi();
    await call('PUT', '/operators/2.999.1', settings);
    const { status, body } = await call('PUT', '/operators/2.999.1', { downloadAttempts: 1 });
    expect(status).toBe(200);
    expect(body).toEqual({ identifier: '2.999.1', ...defaults, downloadAttempts: 1 });
  });

  it.each([
    ['a certificate in PEM', pem],
    ['a fingerprint', fingerprint],
    ['a fingerprint as OpenSSL writes it', new X509Certificate(pem).fingerprint256],
  ])('keeps of %s the fingerprint, once', async (_, given) => {
    const { call } = await testApi();
    const { body } = await call('PUT', '/operators/o', { certificates: [given, fingerprint] });
    expect(body).toMatchObject({ certificates: [fingerprint] });
  });

  it('takes any identifier that can stand in a path', async () => {
    const { call } = await testApi();
    const { body } = await call('PUT', `/operators/${encodeURIComponent('Test / Operator Ä')}`, {});
    expect(body).toMatchObject({ identifier: 'Test / Operator Ä' });
  });

  it.each([
    ['certificates.1', { certificates: [fingerprint, 'no certificate'] }],
    ['certificates', { certificates: pem }],
    ['callbackUrl', { callbackUrl: 'bss.example.com' }],
    ['callbackUrl', { callbackUrl: 'ftp://bss.example.com' }],
    ['callbackUrl', { callbackUrl: 'https://name:word@bss.example.com' }],
    ['callbackUrl', { callbackUrl: 'https://bss.example.com/?a=b' }],
    ['callbackCa', { callbackCa: 'no certificate' }],
    ['confirmationCodeAttempts', { confirmationCodeAttempts: -1 }],
    ['downloadAttempts', { downloadAttempts: 1.5 }],
    ['orderValidity', { orderValidity: '1h' }],
    ['afterDeletion', { afterDeletion: 'gone' }],
    ['resultData', { resultData: 'BF99' }],
    ['notificationPointIds.delete', { notificationPointIds: { delete: 4 } }],
    ['notificationPointIds.install', { notificationPointIds: { install: 9 } }],
    ['callbackURL', { callbackURL: 'https://bss.example.com' }],
  ])('refuses what is wrong, and names it: %s', async (field, body) => {
    const { call } = await testApi();
    const answer = await call('PUT', '/operators/o', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ field }]);
    expect((await call('GET', '/operators')).body).toEqual({ items: [] });
  });
});

describe('operators', () => {
  const withTwo = async (): Promise<TestApi> => {
    const api = await testApi();
    for (const identifier of ['b', 'a']) await api.call('PUT', `/operators/${identifier}`, {});
    return api;
  };

  it('are listed by identifier', async () => {
    const { call } = await withTwo();
    const { body } = await call('GET', '/operators');
    expect(body.items).toMatchObject([{ identifier: 'a' }, { identifier: 'b' }]);
  });

  it('are forgotten, once', async () => {
    const { call } = await withTwo();
    expect((await call('DELETE', '/operators/a')).status).toBe(204);
    expect((await call('DELETE', '/operators/a')).status).toBe(404);
    expect((await call('GET', '/operators/a')).status).toBe(404);
    expect((await call('GET', '/operators')).body.items).toMatchObject([{ identifier: 'b' }]);
  });
});

describe('a profile type', () => {
  it('can be kept for operators, and opened again', async () => {
    const { call } = await testApi();
    const put = async (body: object) => (await call('PUT', '/profile-types/kept', body)).body;
    expect(await put({ operators: ['2.999.1'] })).toMatchObject({ operators: ['2.999.1'] });
    expect(await put({ description: 'still' })).toMatchObject({ operators: ['2.999.1'] });
    expect(await put({ operators: null })).not.toHaveProperty('operators');
  });
});
