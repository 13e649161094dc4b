import { expect, it } from 'vitest';
import { createLog } from '../../src/server/index.js';
import { postTo, startForTest } from './support.js';

/** A log whose lines are kept, on a terminal or not. */
function logged(isTTY: boolean, level = 'info') {
  const lines: string[] = [];
  const output = {
    isTTY,
    writableLength: 0,
    on: () => undefined,
    write: (line: string) => lines.push(line) > 0,
  };
  return { lines, log: createLog(level, output) };
}

const aboutRequests = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.includes('initiateAuthentication'));

it('has one readable line for each request on a terminal', async () => {
  const { lines, log } = logged(true);
  const server = await startForTest({}, log);
  await postTo(server, 'initiateAuthentication', '{}');
  expect(aboutRequests(lines)).toEqual([
    expect.stringMatching(
      /^\d\d:\d\d:\d\d info {2}ES9\+ initiateAuthentication 127\.0\.0\.1:\d+ 1\.3\.1\/2\.2 [\d.]+ ms: \S.* is missing\n$/,
    ),
  ]);
});

it('has the same as JSON elsewhere', async () => {
  const { lines, log } = logged(false);
  const server = await startForTest({}, log);
  await postTo(server, 'initiateAuthentication', '{}');
  expect(aboutRequests(lines).map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 30, request: { interface: 'ES9+', function: 'initiateAuthentication', result: '1.3.1/2.2' } },
  ]);
});

it('is silent about requests at the level warn', async () => {
  const { lines, log } = logged(false, 'warn');
  const server = await startForTest({}, log);
  await postTo(server, 'initiateAuthentication', '{}');
  expect(lines).toEqual([]);
});

it('keeps no token that a client puts into a query, nor does the journal', async () => {
  const { lines, log } = logged(false);
  const server = await startForTest({ adminToken: 'a-token-of-some-length' }, log);
  const query = '?limit=1&access_token=a-token-of-some-length&client-secret=hush%26';
  for (const url of [server.operatorUrl, server.deviceUrl]) await fetch(`${url}/x${query}`);
  const { body } = await server.control({ method: 'GET', path: '/exchanges?unserved=true' });
  for (const kept of [lines.join(''), body]) {
    expect(kept.match(/GET \/x\?limit=1&access_token=\*\*\*&client-secret=\*\*\*"/g)).toHaveLength(2);
    expect(kept).not.toMatch(/a-token|hush/);
  }
});

it('lets no device write into the terminal', async () => {
  const { lines, log } = logged(true);
  const server = await startForTest({}, log);
  await fetch(`${server.operatorUrl}/x`, { headers: { Origin: 'http://evil' } });
  await postTo(server, 'no%1b[31m', '{}');
  // eslint-disable-next-line no-control-regex
  expect(lines.join('')).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  expect(lines.filter((line) => line.includes('HTTP 40'))).toHaveLength(2);
});

it('writes a few lines of a flood, and counts the others', async () => {
  const { lines, log } = logged(true);
  const server = await startForTest({}, log);
  for (let times = 0; times < 20; times++) await postTo(server, 'nothing', '{}');
  const about = lines.filter((line) => line.includes('HTTP request') && line.includes('HTTP 404'));
  expect(about.length).toBeLessThan(20);
});
