import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { serveConsole } from '../../src/server/console/index.js';

const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-console-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<base href="./" /><script src="./assets/a-1.js"></script>');
writeFileSync(join(folder, 'assets', 'a-1.js'), 'export {};');
writeFileSync(join(folder, 'favicon.svg'), '<svg/>');

function listener(from = folder) {
  const app = Fastify();
  serveConsole(app, from);
  return (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
}

describe('the files of the console', () => {
  const get = listener();

  it.each([
    ['/', './'],
    ['/profiles', './'],
    ['/profiles/', '../'],
    ['/profiles/8949449999000000010?tab=history/1', '../'],
    ['/sessions/AB/messages/3', '../../../'],
  ])('serve the page at %s, with %s as its root', async (path, root) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain(`<base href="${root}" />`);
  });

  it('forbid what is inline, or from elsewhere', async () => {
    const policy = String((await get('/')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('are kept by browsers for ever if their name holds a hash, and asked for again otherwise', async () => {
    expect((await get('/assets/a-1.js')).headers['cache-control']).toContain('immutable');
    const page = await get('/');
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = await get('/', { 'If-None-Match': String(page.headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('are compressed for those who take that', async () => {
    const answer = await get('/assets/a-1.js', { 'Accept-Encoding': 'gzip, br' });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect((await get('/assets/a-1.js')).headers['content-encoding']).toBeUndefined();
  });

  it.each(['/assets/b.js', '/assets/../index.html', '/assets/%2e%2e/index.html', '/other', '/profilesx'])(
    'do not include %s',
    async (path) => {
      expect((await get(path)).statusCode).toBe(404);
    },
  );

  it('lead to the description of the API where the console was not built', async () => {
    const unbuilt = listener(join(folder, 'nowhere'));
    expect((await unbuilt('/')).headers.location).toBe('./docs');
    expect((await unbuilt('/profiles/1')).headers.location).toBe('../docs');
  });
});
