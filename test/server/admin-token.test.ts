import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptAdminToken } from '../../src/server/admin-token.js';
import { guard } from '../../src/server/guard.js';
import { startForTest } from './support.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'admin-token-'));
  path = join(folder, 'admin.token');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the token that is kept beside the database', () => {
  it('is made once, for its owner only, and without a trace of its draft', () => {
    const { token, isNew, warning } = keptAdminToken(path);

    expect({ isNew, warning }).toEqual({ isNew: true, warning: undefined });
    expect(readFileSync(path, 'utf8')).toBe(`${token}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['admin.token']);
    expect(keptAdminToken(path)).toEqual({ token, isNew: false });
  });

  it.each([
    ['empty', ''],
    ['a line end only', '\n'],
    ['half written', 'aB3_x9'],
    ['zeros, as a power cut leaves them', '\0'.repeat(33)],
    ['of several lines', 'aB3_x9aB3_x9\naB3_x9aB3_x9'],
  ])('is replaced, with a warning, where the file is %s', (_, content) => {
    writeFileSync(path, content, { mode: 0o644 });

    const { token, isNew, warning } = keptAdminToken(path);

    expect(token).toMatch(/^[\w-]{32}$/);
    expect(isNew).toBe(true);
    expect(warning).toContain(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['admin.token']);
    expect(keptAdminToken(path)).toEqual({ token, isNew: false });
  });

  it('is kept where somebody has chosen it', () => {
    writeFileSync(path, '  my-own-token-of-many-words \n');
    expect(keptAdminToken(path)).toEqual({ token: 'my-own-token-of-many-words', isNew: false });
  });
});

describe('the guard', () => {
  const statusFor = async (token: string, authorization?: string): Promise<number> => {
    const app = Fastify();
    guard(app, { token, loopbackOnly: false });
    app.get('/api', async () => 'in');
    const answer = await app.inject({
      url: '/api',
      ...(authorization !== undefined && { headers: { authorization } }),
    });
    return answer.statusCode;
  };

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer  ', 'Basic '])(
    'lets nobody in with an empty token: %j',
    async (authorization) => {
      expect(await statusFor('', authorization)).toBe(401);
    },
  );

  it('lets in whoever carries the token, and nobody else', async () => {
    const token = 'a-token-of-some-length';
    expect(await statusFor(token, `Bearer ${token}`)).toBe(200);
    expect(await statusFor(token, `bearer ${token}`)).toBe(200);
    expect(await statusFor(token, `Bearer ${token}x`)).toBe(401);
    expect(await statusFor(token, token)).toBe(401);
    expect(await statusFor(token)).toBe(401);
  });
});

it('a server on a public bind that finds an empty token makes one, says so, and lets nobody in without it', async () => {
  writeFileSync(path, '');
  const server = await startForTest({ database: join(folder, 'smdp.db'), adminHost: '0.0.0.0' });
  const url = `${server.operatorUrl.replace('0.0.0.0', '127.0.0.1')}/api/v1/profiles`;

  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { Authorization: 'Bearer ' } })).status).toBe(401);
  const token = readFileSync(path, 'utf8').trim();
  expect((await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
  expect(server.warnings.filter((text) => text.includes(path))).toHaveLength(1);
});
