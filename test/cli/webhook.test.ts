import { afterAll, beforeAll, expect, it } from 'vitest';
import { answer, startEndpoint } from '../outbound/progress/support/endpoint.js';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('sends waiting messages on request', async () => {
  const endpoint = await startEndpoint();
  endpoint.behaviour = answer(503);
  const added = await cli(
    'webhook',
    'add',
    endpoint.url,
    '--events',
    'profile.state',
    '--json',
    ...server.api,
  );
  const id = String(added.json<{ id: number }>().id);
  const retry = () => cli('webhook', 'retry', id, ...server.api);
  expect(await retry()).toMatchObject({ code: 0, stdout: 'No messages are waiting.\n' });
  expect((await cli('webhook', 'retry', id, '--json', ...server.api)).json()).toEqual({ due: 0 });

  const made = await cli('profile', 'create', '--json', ...server.api);
  await cli('profile', 'cancel', made.json<{ iccid: string }>().iccid, ...server.api);
  await expect
    .poll(async () => (await retry()).stdout, { timeout: 10_000 })
    .toBe('The server now sends 1 waiting message.\n');
});

it('says that there is no such webhook', async () => {
  const ran = await cli('webhook', 'retry', '9999', ...server.api);
  expect(ran).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('there is no webhook 9999') as string,
  });
});
