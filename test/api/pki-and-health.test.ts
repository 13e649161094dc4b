import { describe, expect, test, vi } from 'vitest';
import { StoreError } from '../../src/store/index.js';
import { testApi } from './support.js';

describe('what a client has to trust', () => {
  test('is every CI under which eUICCs are accepted', async () => {
    const { app } = await testApi();
    const { statusCode, headers, payload } = await app.inject({ url: '/api/v1/pki/ci.pem' });
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('application/x-pem-file');
    const bodies = [...payload.matchAll(/CERTIFICATE-----\n([^-]+)\n-----END/g)].map(([, body]) => body!);
    expect(bodies.map((body) => Buffer.from(body, 'base64').toString())).toEqual(['first', 'second']);
  });
  test('is the issuer of the TLS certificate, and no key', async () => {
    const { app } = await testApi();
    expect((await app.inject({ url: '/api/v1/pki/tls.pem' })).payload).toBe('-----ca-----\n');
  });
});

describe('health', () => {
  test('is good as long as the process answers', async () => {
    const { app, store } = await testApi();
    expect((await app.inject({ url: '/readyz' })).json()).toEqual({ status: 'ok' });
    await store.close();
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
    const notReady = await app.inject({ url: '/readyz' });
    expect(notReady.statusCode).toBe(503);
    expect(notReady.json()).toMatchObject({ status: 503, title: 'Service Unavailable' });
  });

  test.each([
    ['unreachable', 'deleted or replaced'],
    ['full', 'free some disk space'],
    ['read-only', 'write permission'],
    ['locked', 'another process'],
    ['failed', 'the log says why'],
  ] as const)(
    'says what is wrong with a database that is %s, but not where it is',
    async (failure, words) => {
      const { app, store } = await testApi();
      vi.spyOn(store, 'ping').mockRejectedValue(
        new StoreError(failure, 'The database /home/x/smdp.db is ill'),
      );
      const { detail } = (await app.inject({ url: '/readyz' })).json<{ detail: string }>();
      expect(detail).toContain(words);
      expect(detail).not.toContain('/home');
    },
  );
});
