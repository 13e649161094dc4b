import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { deserted, startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const opened: Server[] = [];
afterAll(() => opened.forEach((each) => each.close()));

/** An HTTP server that answers with these statuses one after the other, the last one for ever. */
async function answering(statuses: readonly number[], headers: Record<string, string>): Promise<string> {
  let asked = 0;
  const http = createServer((_request, response) => {
    response.writeHead(statuses[Math.min(asked++, statuses.length - 1)]!, headers).end();
  });
  opened.push(http);
  await new Promise<void>((resolve) => http.listen(0, 'localhost', resolve));
  return `http://localhost:${(http.address() as AddressInfo).port}`;
}

describe('ready', () => {
  it('ends with exit code 0 where the server is ready', async () => {
    const ran = await cli('ready', '--server', server.operatorUrl);
    expect(ran).toMatchObject({
      code: 0,
      stderr: '',
      stdout: `mock-smdp is ready at ${server.operatorUrl}\n`,
    });
  });

  it('ends with exit code 1 where nobody answers, and says how to start one', async () => {
    const { code, stderr } = await cli('ready', '--server', `http://${await deserted()}`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/No server answers.*ECONNREFUSED[^]*serve/);
  });

  it('ends with exit code 1 where the database does not answer', async () => {
    const url = await answering([503], { 'X-Mock-Smdp': '1' });
    const { code, stderr } = await cli('ready', '--server', url);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `mock-smdp: ${url} is not ready: HTTP status 503.\n`,
    });
  });

  it('does not take another server for one', async () => {
    const { code, stderr } = await cli('ready', '--server', await answering([200], {}));
    expect(code).toBe(1);
    expect(stderr).toContain('is not a mock-smdp');
  });

  it('waits for a server that becomes ready', async () => {
    const url = await answering([503, 503, 200], { 'X-Mock-Smdp': '1' });
    expect((await cli('ready', '--server', url, '--timeout', '20')).code).toBe(0);
  });
});
