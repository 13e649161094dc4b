import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createVirtualDevice, type VirtualDevice } from '../../../src/device/index.js';
import { startForTest } from '../../server/support.js';
import { temporaryFolder, testPkiFolder } from '../../support/pki-folder.js';
import { whenDone } from '../../support/when-done.js';
import { answer, received, startEndpoint, type ReceivedCall } from '../progress/support/endpoint.js';

const certs = await testPkiFolder();
const server = await startForTest({ certs });

type Call = (method: string, path: string, body?: object, namespace?: string) => Promise<Answered>;
interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const callsTo =
  (url: string): Call =>
  async (method, path, body, namespace) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(namespace !== undefined && { 'X-Mock-Namespace': namespace }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Answered['body']) };
  };
const call = callsTo(server.operatorUrl);

interface Told {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}
const told = ({ body }: ReceivedCall): Told => JSON.parse(body) as Told;

async function hooked(settings: object = {}) {
  const endpoint = await startEndpoint();
  const { status, body } = await call('POST', '/webhooks', { url: `${endpoint.url}/hook?a=b`, ...settings });
  expect(status).toBe(201);
  return {
    endpoint,
    id: Number(body['id']),
    secret: String(body['secret']),
    types: () => endpoint.calls.map((one) => told(one).type),
  };
}

function device(): VirtualDevice {
  const made = createVirtualDevice({
    material: certs,
    server: { tls: false, connect: new URL(server.deviceUrl).host },
  });
  whenDone(() => made.close());
  return made;
}

const order = async (request: object = {}, namespace?: string) =>
  (await call('POST', '/profiles', request, namespace)).body as { matchingId: string; iccid: string };

const download = (matchingId: string) => device().download({ smdpAddress: 'localhost', matchingId });

describe('a webhook', () => {
  it('is told of a download in order, with signatures that verify', async () => {
    const { endpoint, secret } = await hooked();
    const { matchingId, iccid } = await order({ label: 'mine' });
    await download(matchingId);
    await expect.poll(() => endpoint.calls.length, { timeout: 10_000 }).toBe(3);
    const messages = endpoint.calls.map(told);
    expect(messages.map(({ type, data }) => [type, data['to'] ?? data['outcome']])).toEqual([
      ['profile.state', 'Downloaded'],
      ['profile.state', 'Installed'],
      ['session.end', 'installed'],
    ]);
    expect(messages[0]!.data).toMatchObject({ iccid, matchingId, from: 'Released', label: 'mine' });
    for (const { headers, body, path } of endpoint.calls) {
      expect(path).toBe('/hook?a=b');
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      expect(headers['webhook-signature']).toBe(
        `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
      );
    }
  });

  it('is told only of what its filter names', async () => {
    const { endpoint, types } = await hooked({ events: ['fault.hit', 'session.end'], matchingId: 'ERR-*' });
    await download((await order()).matchingId);
    await download('ERR-8-2-6-3-8').catch(() => undefined);
    await expect.poll(types, { timeout: 10_000 }).toEqual(['fault.hit']);
    expect(told(endpoint.calls[0]!).data).toMatchObject({
      ...{ matchingId: 'ERR-8-2-6-3-8', fault: 'ERR-8-2-6-3-8' },
      ...{ function: 'authenticateClient', what: 'refuse 8.2.6/3.8' },
    });
  });

  it('belongs to the namespace of the call', async () => {
    const endpoint = await startEndpoint();
    const { body } = await call('POST', '/webhooks', { url: endpoint.url, events: ['profile.state'] }, 'one');
    expect(body['namespace']).toBe('one');
    await download((await order()).matchingId);
    const { matchingId, iccid } = await order({}, 'one');
    await download(matchingId);
    await expect.poll(() => endpoint.calls.length, { timeout: 10_000 }).toBe(2);
    expect(endpoint.calls.map((one) => told(one).data['iccid'])).toEqual([iccid, iccid]);
    expect((await call('GET', '/webhooks', undefined, 'other')).body['items']).toEqual([]);
    expect((await call('GET', `/webhooks/${String(body['id'])}`, undefined, 'other')).status).toBe(404);
    await call('POST', '/reset', {}, 'one');
    expect((await call('GET', '/webhooks', undefined, 'one')).body['items']).toEqual([]);
  });

  it('is told of messages to operators', async () => {
    const operator = await startEndpoint();
    await call('PUT', '/operators/2.999.5', { callbackUrl: operator.url });
    const { types } = await hooked({ events: ['callback.sent', 'callback.failed'], operator: '2.999.5' });
    const header = { functionRequesterIdentifier: '2.999.5', functionCallIdentifier: 'x' };
    const es2 = async (name: string, body: object) =>
      (await (
        await fetch(`${server.operatorUrl}/gsma/rsp2/es2plus/${name}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ header, ...body }),
        })
      ).json()) as { iccid: string; matchingId: string };
    const { iccid } = await es2('downloadOrder', { profileType: 'generic' });
    const { matchingId } = await es2('confirmOrder', { iccid, releaseFlag: true });
    operator.behaviour = answer(500);
    await download(matchingId);
    await expect.poll(types, { timeout: 10_000 }).toEqual(['callback.failed']);
    operator.behaviour = received;
    await call('POST', '/callbacks/retry', {});
    await expect
      .poll(() => types().filter((type) => type === 'callback.sent').length, { timeout: 10_000 })
      .toBe(3);
  });

  it('is told of messages to operators about the profiles of its namespace', async () => {
    const operator = await startEndpoint();
    await call('PUT', '/operators/2.999.6', { callbackUrl: operator.url });
    const endpoint = await startEndpoint();
    await call('POST', '/webhooks', { url: endpoint.url, events: ['callback.sent'] }, 'two');
    await download((await order({ operator: '2.999.6' })).matchingId);
    const { matchingId, iccid } = await order({ operator: '2.999.6' }, 'two');
    await download(matchingId);
    await expect.poll(() => operator.calls.length, { timeout: 10_000 }).toBe(6);
    await expect.poll(() => endpoint.calls.length, { timeout: 10_000 }).toBe(3);
    for (const one of endpoint.calls)
      expect(told(one).data).toMatchObject({ namespace: 'two', iccid, matchingId });
  });

  it('gets a message again after a failure, and keeps the order meanwhile', async () => {
    const { endpoint, id } = await hooked({ events: ['profile.state'] });
    endpoint.behaviour = answer(503);
    await download((await order()).matchingId);
    await expect.poll(() => endpoint.calls.length, { timeout: 10_000 }).toBe(1);
    const log = async () => (await call('GET', `/webhooks/${id}/deliveries`)).body;
    await expect
      .poll(async () => (await log())['items'], { timeout: 10_000 })
      .toMatchObject([
        { state: 'waiting', attempts: 0 },
        { state: 'waiting', attempts: 1, lastError: 'HTTP status 503' },
      ]);
    endpoint.behaviour = received;
    expect((await call('POST', `/webhooks/${id}/retry`)).status).toBe(200);
    await expect.poll(async () => (await log())['ended'], { timeout: 10_000 }).toBe(2);
    const [first, second, third] = endpoint.calls;
    expect(second!.body).toBe(first!.body);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(told(third!).data['to']).toBe('Installed');
  });

  it('is sent a test message at once', async () => {
    const { endpoint, id } = await hooked();
    expect((await call('POST', `/webhooks/${id}/ping`)).body).toEqual({ accepted: true, status: 204 });
    expect(endpoint.calls.map(told)).toMatchObject([{ type: 'ping', data: { webhook: id } }]);
    endpoint.behaviour = answer(302, '', { Location: 'http://localhost/' });
    expect((await call('POST', `/webhooks/${id}/ping`)).body).toMatchObject({ accepted: false, status: 302 });
    await endpoint.down();
    const { body } = await call('POST', `/webhooks/${id}/ping`);
    expect(body).toMatchObject({
      accepted: false,
      problem: expect.stringContaining('ECONNREFUSED') as string,
    });
    await endpoint.up();
  });

  it('shows its secret once', async () => {
    const { secret, id } = await hooked();
    expect(secret).toMatch(/^whsec_/);
    for (const path of ['/webhooks', `/webhooks/${id}`, `/webhooks/${id}/deliveries`])
      expect(JSON.stringify(await call('GET', path))).not.toContain(secret.slice(6));
    const own = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    expect((await hooked({ secret: own })).secret).toBe(own);
  });

  it.each([
    [{ url: 'ftp://x/' }, 'url'],
    [{ url: 'nonsense' }, 'url'],
    [{ url: 'http://user:pw@host/' }, 'url'],
    [{ url: 'http://host/#part' }, 'url'],
    [{}, 'url'],
    [{ url: 'http://host/', events: ['profile.stat'] }, 'events.0'],
    [{ url: 'http://host/', events: [] }, 'events'],
    [{ url: 'http://host/', secret: 'short' }, 'secret'],
    [{ url: 'http://host/', ca: 'no PEM' }, 'ca'],
    [{ url: 'http://host/', namespace: 'a b' }, 'namespace'],
    [{ url: 'http://host/', hmac: 'x' }, 'hmac'],
  ])('is refused: %o', async (body, field) => {
    const answered = await call('POST', '/webhooks', body);
    expect(answered.status).toBe(400);
    expect(answered.body['errors']).toMatchObject([{ field }]);
  });

  it('that does not exist is answered 404', async () => {
    for (const [method, path] of [
      ['GET', '/webhooks/9999'],
      ['DELETE', '/webhooks/9999'],
      ['POST', '/webhooks/9999/ping'],
      ['GET', '/webhooks/9999/deliveries'],
      ['POST', '/webhooks/9999/retry'],
    ] as const)
      expect((await call(method, path)).status).toBe(404);
    expect((await call('GET', '/webhooks/x')).status).toBe(400);
  });
});

it('survives a restart with its waiting messages', async () => {
  const database = join(temporaryFolder(), 'smdp.db');
  const endpoint = await startEndpoint();
  await endpoint.down();
  const first = await startForTest({ certs, database });
  const before = callsTo(first.operatorUrl);
  await before('POST', '/webhooks', { url: endpoint.url, events: ['profile.state'] });
  const { iccid } = (await before('POST', '/profiles', {})).body as { iccid: string };
  await before('POST', `/profiles/${iccid}/simulate`, {
    until: 'installed',
    eid: '89049032000000000000000000000163',
  });
  await first.close();
  expect(endpoint.calls).toEqual([]);
  await endpoint.up();
  await startForTest({ certs, database });
  await expect
    .poll(() => endpoint.calls.map((one) => told(one).data['to']), { timeout: 15_000 })
    .toEqual(['Downloaded', 'Installed']);
});
