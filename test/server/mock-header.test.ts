import { expect, it } from 'vitest';
import { version } from '../../src/base/version.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { startForTest } from './support.js';

const server = await startForTest({ certs: await testPkiFolder() });
const devices = `${server.deviceUrl}/gsma/rsp2`;

it.each([
  ['a function of ES9+', `${devices}/es9plus/cancelSession`, { method: 'POST', body: '{}' }, 200],
  ['a notification', `${devices}/es9plus/handleNotification`, { method: 'POST', body: '{}' }, 400],
  ['what is no function', `${devices}/es9plus/x`, {}, 404],
  ['ES2+ without a client certificate', `${devices}/es2plus/confirmOrder`, { method: 'POST' }, 401],
  ['ES2+', `${server.operatorUrl}/gsma/rsp2/es2plus/confirmOrder`, { method: 'GET' }, 405],
  ['the control API', `${server.operatorUrl}/api/v1/profiles`, {}, 200],
  ['what the guard refuses', `${server.operatorUrl}/`, { headers: { Origin: 'http://evil.example' } }, 403],
])('answers of %s say that they come from a mock', async (_, url, request: RequestInit, status) => {
  const type = { 'Content-Type': 'application/json' };
  const answer = await fetch(url, {
    ...request,
    headers: { ...(request.body ? type : {}), ...request.headers },
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('x-mock-smdp')).toBe(version);
});
