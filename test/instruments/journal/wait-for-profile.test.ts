import { expect, it } from 'vitest';
import { smdpAddress, startWatchedServer } from './support.js';

const server = await startWatchedServer();

it('answers with the profile as soon as it is installed', async () => {
  const { iccid, matchingId } = await server.prepare();
  const answer = server.call('GET', `/profiles/${iccid}?waitFor=Installed&timeout=60`);
  await server.device().download({ smdpAddress, matchingId });
  expect(await answer).toMatchObject({ status: 200, body: { iccid, state: 'Installed' } });
});

it('answers at once where the profile is in one of the states', async () => {
  const { iccid } = await server.prepare();
  const { status, body } = await server.call('GET', `/profiles/${iccid}?waitFor=Error&waitFor=Released`);
  expect([status, body['state']]).toEqual([200, 'Released']);
});

it('works without a journal', async () => {
  const silent = await startWatchedServer({ journal: '0' });
  const { iccid } = await silent.prepare({ state: 'Confirmed' });
  const answer = silent.call('GET', `/profiles/${iccid}?waitFor=Released&timeout=60`);
  await silent.call('POST', `/profiles/${iccid}/release`);
  expect((await answer).body['state']).toBe('Released');
});

it('says in which state the profile is when the time is over', async () => {
  const { iccid } = await server.prepare();
  const { status, body } = await server.call('GET', `/profiles/${iccid}?waitFor=Installed&timeout=0.05`);
  expect(status).toBe(417);
  expect(body['detail']).toBe(`profile ${iccid} is Released, not Installed, after 0.05 s`);
});

it.each([
  ['8900000000000000000?waitFor=Installed', 404],
  ['8900000000000000000?waitFor=installed', 400],
])('answers GET /profiles/%s with %i', async (path, status) => {
  expect((await server.call('GET', `/profiles/${path}`)).status).toBe(status);
});

it.each([
  ['POST', '/reset'],
  ['POST', '/snapshots/before/restore'],
  ['DELETE', '/profiles?all=true'],
] as const)('ends the waiting when the profile is removed by %s %s', async (method, path) => {
  await server.call('POST', '/snapshots', { name: 'before' });
  const { iccid } = await server.prepare();
  const answer = server.call('GET', `/profiles/${iccid}?waitFor=Installed&timeout=300`);
  await server.call('GET', `/profiles/${iccid}`);
  await server.call(method, path);
  expect((await answer).status).toBe(404);
});

it.each([
  ['a profile', { method: 'GET', path: '/profiles/8900101000000000019?waitFor=Installed&timeout=300' }],
  [
    'exchanges',
    { method: 'POST', path: '/verify', body: { expect: {}, count: { exactly: 1000 }, timeout: 300 } },
  ],
] as const)(
  'who waits for %s when the server stops is not told that the test has failed',
  async (_, call) => {
    const stopping = await startWatchedServer();
    await stopping.prepare({ iccid: '8900101000000000019' });
    const answer = stopping.control(call);
    await stopping.control({ method: 'GET', path: '/exchanges' });
    await stopping.close();
    const { status, body } = await answer;
    expect(status).toBe(503);
    expect(body).toContain('the server is stopping');
  },
);

it('takes a timeout together with a state alone, and names the state that there is not', async () => {
  const { iccid } = await server.prepare();
  const alone = await server.call('GET', `/profiles/${iccid}?timeout=2`);
  expect(alone).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'timeout', message: 'is allowed only with waitFor' }] },
  });
  const other = await server.call('GET', `/profiles/${iccid}?waitFor=Sold`);
  expect(other).toMatchObject({ status: 400, body: { errors: [{ field: 'waitFor' }] } });
});
