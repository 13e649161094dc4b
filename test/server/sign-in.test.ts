import { describe, expect, it } from 'vitest';
import { startForTest } from './support.js';

const token = 'a-token-of-some-length';

interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('signing in, where the listener demands a token', async () => {
  const { operatorUrl } = await startForTest({ adminToken: token });
  const send = (path: string, { method = 'GET', body, headers }: Sent = {}) =>
    fetch(operatorUrl + path, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
    });
  const signIn = (text = token, headers = {}) =>
    send('/api/v1/sign-in', { method: 'POST', body: JSON.stringify({ token: text }), headers });
  const cookieOf = (answer: Response) => answer.headers.get('set-cookie')!.split(';')[0]!;
  const own = { Origin: operatorUrl };

  it('gives a cookie that no script reads, no other site sends, and that is not the token', async () => {
    const answer = await signIn();
    expect(answer.status).toBe(204);
    const cookie = answer.headers.get('set-cookie')!;
    const { port } = new URL(operatorUrl);
    expect(cookie).toMatch(
      new RegExp(`^mock-smdp-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=86400$`),
    );
    expect(cookie).not.toContain(token);
    const overTls = await signIn(token, { Origin: operatorUrl.replace('http:', 'https:') });
    expect(overTls.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  it('lets the browser call, follow events and load pictures', async () => {
    const Cookie = cookieOf(await signIn());
    expect((await send('/api/v1/profiles', { headers: { Cookie } })).status).toBe(200);
    expect((await send('/api/v1/events', { method: 'HEAD', headers: { Cookie } })).status).toBe(200);
    const made = await send('/api/v1/profiles', { method: 'POST', body: '{}', headers: { Cookie, ...own } });
    const { iccid } = (await made.json()) as { iccid: string };
    expect((await send(`/api/v1/profiles/${iccid}/qr.svg`, { headers: { Cookie } })).status).toBe(200);
    expect(await (await send('/api/v1/sign-in', { headers: { Cookie } })).json()).toEqual({
      tokenNeeded: true,
      signedIn: true,
    });
  });

  it.each(['', 'wrong', `${token}x`])('refuses the token %j', async (text) => {
    const answer = await signIn(text);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.json()).toMatchObject({
      detail: expect.stringContaining('SMDP_ADMIN_TOKEN') as string,
    });
  });

  it.each(['{}', '[]', 'null', '{"token":1}', '{'])('refuses the body %s', async (body) => {
    expect((await send('/api/v1/sign-in', { method: 'POST', body })).status).toBe(400);
  });

  it('refuses the page of another site: to sign in, and to use the cookie', async () => {
    const foreign = { Origin: 'https://evil.example' };
    expect((await signIn(token, foreign)).status).toBe(403);
    const Cookie = cookieOf(await signIn());
    for (const headers of [
      { Cookie, ...foreign },
      { Cookie, 'Sec-Fetch-Site': 'same-site' },
    ])
      expect((await send('/api/v1/profiles', { headers })).status).toBe(403);
  });

  it('changes nothing for a cookie without an Origin', async () => {
    const Cookie = cookieOf(await signIn());
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await send('/api/v1/profiles', { method, headers: { Cookie } });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('Origin') as string });
    }
  });

  it('ends when the browser signs out', async () => {
    const Cookie = cookieOf(await signIn());
    const out = await send('/api/v1/sign-in', { method: 'DELETE', headers: { Cookie, ...own } });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await send('/api/v1/profiles', { headers: { Cookie } })).status).toBe(401);
  });

  it('refuses cookies that it did not give', async () => {
    const { port } = new URL(operatorUrl);
    for (const value of ['', 'x', token, 'A'.repeat(43)]) {
      const headers = { Cookie: `other=1; mock-smdp-${port}=${value}` };
      expect((await send('/api/v1/profiles', { headers })).status).toBe(401);
    }
  });

  it('needs no token for the console itself, which shows nothing of the server', async () => {
    for (const path of ['/', '/profiles/8949449999000000010', '/sessions?x=1'])
      expect([200, 302]).toContain((await send(path)).status);
    for (const path of ['/assets/x.js', '/favicon.svg']) expect((await send(path)).status).not.toBe(401);
    for (const path of ['/api/v1/profiles', '/metrics', '/api/v1/sign-in/x'])
      expect((await send(path)).status).toBe(401);
  });
});

describe('signing in, where no token is demanded', async () => {
  const { operatorUrl } = await startForTest();

  it('says so, and gives no cookie', async () => {
    const url = `${operatorUrl}/api/v1/sign-in`;
    expect(await (await fetch(url)).json()).toEqual({ tokenNeeded: false, signedIn: false });
    const body = JSON.stringify({ token: 'any' });
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});
