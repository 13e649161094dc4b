import { describe, expect, test } from 'vitest';
import QRCode from 'qrcode';
import { testApi } from './support.js';

describe('the QR code of a profile', () => {
  test('is drawn as SVG from the upper-case activation code', async () => {
    const { app, call } = await testApi();
    await call('POST', '/profiles', { matchingId: 'CODE' });
    const answer = await app.inject({ url: '/api/v1/profiles/id:1/qr.svg' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('image/svg+xml');
    expect(answer.payload).toBe(await QRCode.toString('LPA:1$SMDP.EXAMPLE.COM:8443$CODE', { type: 'svg' }));
  });

  test('is drawn as PNG', async () => {
    const { app, call } = await testApi();
    await call('POST', '/profiles', { matchingId: 'CODE' });
    const answer = await app.inject({ url: '/api/v1/profiles/8900101000000000019F/qr.png' });
    expect(answer.headers['content-type']).toBe('image/png');
    expect(answer.rawPayload.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  });

  test('does not exist before the order is confirmed', async () => {
    const { call } = await testApi();
    await call('POST', '/profiles', { state: 'Available' });
    const { status, body } = await call('GET', '/profiles/id:1/qr.svg');
    expect(status).toBe(409);
    expect(body.detail).toBe('the profile is Available, and has no activation code');
  });

  test('of a profile that does not exist is answered with 404', async () => {
    const { call } = await testApi();
    expect((await call('GET', '/profiles/id:1/qr.png')).status).toBe(404);
  });
});
