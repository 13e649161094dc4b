import { connect } from 'node:net';
import { once } from 'node:events';
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
