import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createVirtualDevice, type VirtualDevice } from '../../../src/device/index.js';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import { Forwarder, ForwardRoutes } from '../../../src/instruments/forwarding/index.js';
import { readRecording, replayRecording } from '../../../src/replay/index.js';
import { startForTest } from '../../server/support.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { whenDone } from '../../support/when-done.js';

const certs = await testPkiFolder();
const theirs = await startForTest({ certs });
const ours = await startForTest({ certs, proxy: theirs.deviceUrl });

type Body = Record<string, unknown>;
const callsTo =
  ({ operatorUrl }: { operatorUrl: string }) =>
  async (method: string, path: string, body?: object): Promise<{ status: number; body: Body }> => {
    const response = await fetch(`${operatorUrl}/api/v1${path}`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Body) };
  };
const [atTheirs, atOurs] = [callsTo(theirs), callsTo(ours)];

afterEach(async () => {
  await atOurs('DELETE', '/faults');
  await atOurs('POST', '/reset', {});
});

function device(): VirtualDevice {
  const made = createVirtualDevice({
    material: certs,
    server: { tls: false, connect: new URL(ours.deviceUrl).host },
  });
  whenDone(() => made.close());
  return made;
}

const orderAt = async (call: typeof atTheirs, request: object = {}) =>
  (await call('POST', '/profiles', request)).body as { matchingId: string; iccid: string };

const download = (matchingId: string, by = device()) =>
  by.download({ smdpAddress: 'localhost', matchingId }).then(
    ({ outcome }) => outcome,
    (error: Error) => error.message,
  );

const exchangesAt = async (call: typeof atTheirs, query = '') =>
  (await call('GET', `/exchanges${query}`)).body['items'] as Body[];

describe('a proxy', () => {
  it('lets a device download from another server, and records everything', async () => {
    const { matchingId, iccid } = await orderAt(atTheirs);
    const by = device();
    expect(await download(matchingId, by)).toBe('installed');
    expect((await atTheirs('GET', `/profiles/${iccid}`)).body['state']).toBe('Installed');
    const exchanges = await exchangesAt(atOurs);
    expect(exchanges.map((one) => one['function'])).toEqual([
      ...['initiateAuthentication', 'authenticateClient', 'getBoundProfilePackage', 'handleNotification'],
    ]);
    expect(exchanges).toMatchObject(
      Array(4).fill({
        eid: by.eid,
        matchingId,
        iccid,
        result: 'Executed-Success',
        forwardedTo: theirs.deviceUrl,
      }),
    );
    expect(((await atOurs('GET', '/sessions')).body['items'] as Body[])[0]).toMatchObject({
      eid: by.eid,
      iccid,
    });
    by.enable(iccid);
    await by.sendNotifications();
    expect((await atTheirs('GET', `/profiles/${iccid}`)).body['installedState']).toBe('enabled');
  });

  it('passes bodies on octet for octet, and the headers that matter', async () => {
    const seen: { headers: object; body: string }[] = [];
    const odd = '{ "header" : {"functionExecutionStatus": {"status":"Executed-Success"}}, "a":"\\u0041" }\n';
    const url = await upstream((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ headers: request.headers, body });
        response.writeHead(200, {
          'X-Admin-Protocol': 'gsma/rsp/v2.2.2',
          'Content-Type': 'application/json',
          'Keep-Alive': 'x=1',
        });
        response.end(odd);
      });
    });
    await atOurs('POST', '/proxy/routes', { to: url });
    const sent = '{"smdpAddress":"a",  "x": [1, 2 ] }';
    const response = await fetch(`${ours.deviceUrl}/gsma/rsp2/es9plus/initiateAuthentication`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'gsma-rsp-lpad',
        'X-Admin-Protocol': 'gsma/rsp/v2.1.0',
        'X-Own': 'kept',
      },
      body: sent,
    });
    expect(await response.text()).toBe(odd);
    expect(response.headers.get('x-admin-protocol')).toBe('gsma/rsp/v2.2.2');
    expect(seen).toMatchObject([
      {
        body: sent,
        headers: {
          ...{ 'user-agent': 'gsma-rsp-lpad', 'x-admin-protocol': 'gsma/rsp/v2.1.0', 'x-own': 'kept' },
          host: new URL(url).host,
        },
      },
    ]);
  });

  it('acts on forwarded answers with faults, and says which it cannot do', async () => {
    const { matchingId } = await orderAt(atTheirs);
    await atOurs('POST', '/faults', { next: 'getBoundProfilePackage', refuse: '8.8.5/4.10' });
    expect(await download(matchingId)).toContain('8.8.5 / 4.10');
    await atOurs('POST', '/faults', { next: 'authenticateClient', when: 'after', cut: 'close' });
    expect(await download(matchingId)).toContain('authenticateClient: no answer');
    await atOurs('POST', '/faults', { next: 'authenticateClient', answer: { smdpSignature2: null } });
    expect(await download(matchingId)).toContain('smdpSignature2');
    await atOurs('POST', '/faults', { edit: { smdpSignature2: { flip: -1 } }, times: 1 });
    expect(await download(matchingId)).toContain('private keys of');
    const [last] = (await exchangesAt(atOurs)).slice(-1);
    expect(last).toMatchObject({ function: 'authenticateClient', result: '1.6/4.2' });
  });

  it('shows a session as cancelled only if the other server has accepted a signed cancellation', async () => {
    const cancel = async () => {
      const { matchingId } = await orderAt(atTheirs);
      return device()
        .download({ smdpAddress: 'localhost', matchingId, cancel: 'endUserRejection' })
        .catch(() => undefined);
    };
    const lastSession = async () =>
      ((await atOurs('GET', '/sessions')).body['items'] as Body[]).at(-1)! as { transactionId: string };
    await cancel();
    expect(await lastSession()).toMatchObject({ outcome: 'cancelled' });

    // osmo-smdpp answers so to every cancellation
    await atTheirs('POST', '/faults', { next: 'cancelSession', refuse: '8.8/3.10' });
    await cancel();
    expect(await lastSession()).toMatchObject({ outcome: 'refused', status: '8.8/3.10' });

    // lpac cancels after a failed installation, and the eUICC answers with an error
    const { matchingId } = await orderAt(atTheirs);
    await device().download({ smdpAddress: 'localhost', matchingId, stopAfter: 'getBoundProfilePackage' });
    const { transactionId } = await lastSession();
    const response = await fetch(`${ours.deviceUrl}/gsma/rsp2/es9plus/cancelSession`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Admin-Protocol': 'gsma/rsp/v2.2.2' },
      body: JSON.stringify({
        transactionId,
        cancelSessionResponse: Buffer.from('bf4103810105', 'hex').toString('base64'),
      }),
    });
    expect(response.status).toBe(200);
    expect(await lastSession()).toMatchObject({ transactionId, outcome: 'delivered' });
  });

  it('exports what it recorded, and a replay says that it is foreign', async () => {
    const { matchingId } = await orderAt(atTheirs);
    await download(matchingId);
    const { body } = await atOurs('GET', '/exchanges/export?secrets=true');
    const report = await replayRecording(await readRecording(Buffer.from(JSON.stringify(body))));
    expect(report.counts).toMatchObject({ same: 0, different: 0 });
    expect(JSON.stringify(report)).toContain(
      `the recorded server passed the request on to ${theirs.deviceUrl}`,
    );
  });

  it('passes ES11 on too', async () => {
    const url = await upstream((request, response) => response.end(JSON.stringify({ path: request.url })));
    await atOurs('POST', '/proxy/routes', { to: url });
    const response = await fetch(`${ours.deviceUrl}/gsma/rsp2/es11/initiateAuthentication`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(await response.json()).toEqual({ path: '/gsma/rsp2/es11/initiateAuthentication' });
  });
});

describe('routes', () => {
  it('let the mock answer one MatchingID itself, from the second attempt on', async () => {
    const [own, foreign] = [await orderAt(atOurs, { matchingId: 'OWN-1' }), await orderAt(atTheirs)];
    const { status } = await atOurs('POST', '/proxy/routes', { to: null, matchingId: 'OWN-*' });
    expect(status).toBe(201);
    expect(await download(own.matchingId)).toContain('start the download again');
    expect(await download(own.matchingId)).toBe('installed');
    expect((await atOurs('GET', `/profiles/${own.iccid}`)).body['state']).toBe('Installed');
    expect(await download(foreign.matchingId)).toContain('start the download again');
    expect(await download(foreign.matchingId)).toBe('installed');
  });

  it('pass on one device of a server that answers the others itself', async () => {
    const by = device();
    await atOurs('DELETE', '/proxy/routes');
    const [own, foreign] = [await orderAt(atOurs), await orderAt(atTheirs)];
    await atOurs('POST', '/proxy/routes', { to: theirs.deviceUrl, eid: by.eid });
    expect(await download(foreign.matchingId, by)).toContain('8.8 / 5.1');
    expect(await download(foreign.matchingId, by)).toBe('installed');
    await atOurs('DELETE', '/proxy/routes');
    expect(await download(own.matchingId)).toBe('installed');
  });

  it('choose by the address that the device names, at the first attempt', async () => {
    await atOurs('DELETE', '/proxy/routes');
    await atOurs('POST', '/proxy/routes', { to: theirs.deviceUrl, address: 'localhost' });
    expect(await download((await orderAt(atTheirs)).matchingId)).toBe('installed');
    expect((await atOurs('GET', '/proxy/routes')).body['items']).toMatchObject([{ forwarded: 4, failed: 0 }]);
  });

  it('of the start keep their order after a reset', () => {
    const routes = new ForwardRoutes([{ to: 'http://a' }, { to: 'http://b' }]);
    routes.add({ to: 'http://c' });
    routes.reset();
    expect(routes.all.map(({ rule }) => rule.to)).toEqual(['http://a', 'http://b']);
  });

  it.each([
    [{ to: 'nonsense' }, 'to'],
    [{ to: 'ftp://x' }, 'to'],
    [{ to: 'http://x/?a=b' }, 'to'],
    [{}, 'to'],
    [{ to: 'http://x', ca: 'no PEM' }, 'ca'],
    [{ to: 'http://x', connect: 'http://y' }, 'connect'],
    [{ to: 'http://x', eid: '' }, 'eid'],
  ])('are refused: %o', async (body, field) => {
    const answered = await atOurs('POST', '/proxy/routes', body);
    expect(answered.status).toBe(400);
    expect(answered.body['errors']).toMatchObject([{ field }]);
  });
});

async function upstream(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function rawUpstream(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('another server that', () => {
  const limits = { time: 300, octets: 100_000 };

  /** What the device gets: the answer, or the refusal. */
  async function answerOf(to: string): Promise<string> {
    const forwarder = new Forwarder({ routes: new ForwardRoutes([{ to }]), roots: [], limits });
    whenDone(() => forwarder.close());
    const exchange = new Exchange('ES9+', 'initiateAuthentication', [forwarder]);
    exchange.noteOrigin({ path: 'POST /gsma/rsp2/es9plus/initiateAuthentication', peer: '127.0.0.1:5' });
    await exchange.receive({ headers: {}, body: Buffer.from('{}') });
    try {
      const { status, body } = (await exchange.handleElsewhere())!;
      return `${status} ${body.length}`;
    } catch (error) {
      return (error as Error).message;
    }
  }

  it('is not there', async () => {
    expect(await answerOf('http://127.0.0.1:1')).toMatch(/cannot be reached: connect ECONNREFUSED/);
    expect(await answerOf('http://nowhere.invalid')).toMatch(/cannot be reached/);
  });

  it('speaks no HTTP', async () => {
    const url = await rawUpstream((socket) => socket.end('this is not HTTP\r\n\r\n'));
    expect(await answerOf(url)).toMatch(/does not speak HTTP/);
  });

  it('never answers, or never ends', async () => {
    expect(await answerOf(await rawUpstream(() => undefined))).toMatch(
      /has not answered in full within 0.3 seconds/,
    );
    const endless = await upstream((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect(await answerOf(endless)).toMatch(/has not answered in full/);
  });

  it('sends too much', async () => {
    const url = await upstream((_request, response) => response.end(Buffer.alloc(200_000)));
    expect(await answerOf(url)).toMatch(/sends more than 100000 octets/);
  });

  it('breaks off', async () => {
    const url = await rawUpstream((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort'),
    );
    expect(await answerOf(url)).toMatch(/cannot be reached: aborted/);
  });

  it.each(['101 Switching Protocols', '600 Too High', '999 Too High', '099 Too Low'])(
    'answers with the status %s, which no answer to a request can have',
    async (status) => {
      const url = await rawUpstream((socket) =>
        socket.once('data', () =>
          socket.write(
            `HTTP/1.1 ${status}\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 0\r\n\r\n`,
          ),
        ),
      );
      expect(await answerOf(url)).toMatch(/does not speak HTTP|answers with HTTP status/);
    },
  );

  it('sends the device elsewhere is not followed', async () => {
    const url = await upstream((_request, response) =>
      response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
    );
    expect(await answerOf(url)).toBe('302 0');
  });

  it('is this server itself is noticed', async () => {
    const loop = await startForTest({ certs });
    await callsTo(loop)('POST', '/proxy/routes', { to: loop.deviceUrl });
    const response = await fetch(`${loop.deviceUrl}/gsma/rsp2/es9plus/initiateAuthentication`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(await response.text()).toContain('leads back to this server');
  });

  it('has a TLS certificate that nobody knows', async () => {
    const tls = await startForTest({ certs, tls: 'on' });
    const message = await answerOf(tls.deviceUrl.replace('127.0.0.1', 'localhost'));
    expect(message).toMatch(
      /the TLS certificate is not trusted; give its CA with --ca, or accept any certificate with --insecure \(/,
    );
  });
});
