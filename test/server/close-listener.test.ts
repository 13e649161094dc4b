import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import { expect, it, vi } from 'vitest';
import { closable } from '../../src/server/close-listener.js';

it('a client that stalls in the middle of a request does not keep the server from stopping', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const app = Fastify();
  app.post('/', async () => 'ok');
  const close = closable(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const stalled = connect(port, '127.0.0.1');
  const ended = once(stalled, 'close');
  stalled.on('error', () => undefined);
  const silent = connect(port, '127.0.0.1').on('error', () => undefined);
  stalled.write(
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  await Promise.all([once(app.server, 'request'), once(silent, 'connect')]);

  const closed = close();
  await vi.advanceTimersByTimeAsync(3_000);
  await closed;
  await ended;
  vi.useRealTimers();
  expect(app.server.listening).toBe(false);
});

it('whatever has arrived is answered, on connections that are new, kept, or used for many requests at once', async () => {
  const app = Fastify({ return503OnClosing: false });
  app.post('/', async () => new Promise((resolve) => setImmediate(() => resolve('ok'))));
  const close = closable(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const request =
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
  const clients = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  const answers = clients.map((socket) => text(socket));
  const [kept] = clients;
  kept!.write(request);
  await once(kept!, 'data', { signal: AbortSignal.timeout(10_000) }).then(() => undefined);

  clients.forEach((socket, index) => socket.write(request.repeat(index % 2 ? 10 : 1)));
  await close();
  const counts = (await Promise.all(answers)).map((answer) => answer.split('HTTP/1.1 200').length - 1);
  expect(counts).toEqual(clients.map((_, index) => (index === 0 ? 2 : index % 2 ? 10 : 1)));
});
