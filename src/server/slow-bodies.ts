import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Milliseconds that the server waits for a body in total. Each {@link octetsPerSecond} octets received add one second.
 */
const patience = 15_000;
const octetsPerSecond = 16 * 1024;
/** Milliseconds between checks. */
const interval = 1_000;

interface Arriving {
  readonly message: IncomingMessage;
  readonly before: number;
  /** How long the server has waited for more data in total, in milliseconds. */
  waited: number;
}

/**
 * Ends connections whose request body arrives too slowly. A body may have any size. Time that the server itself needs
 * does not count.
 */
export function endSlowBodies(app: FastifyInstance): void {
  const arriving = new Set<Arriving>();
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw: message } = request;
    // A request from this process has no socket.
    if (!message.complete && message.socket instanceof Socket)
      arriving.add({ message, before: message.socket.bytesRead, waited: 0 });
    done();
  });
  const timer = setInterval(() => {
    for (const one of arriving) if (isOver(one) || isTooSlow(one)) arriving.delete(one);
  }, interval);
  timer.unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}

const isOver = ({ message }: Arriving): boolean => message.complete || message.socket.destroyed;

/** Ends the connection if the body is too slow. */
function isTooSlow(one: Arriving): boolean {
  const { message, before } = one;
  const { socket } = message;
  if (message.readableLength === 0) one.waited += interval;
  const worth = ((socket.bytesRead - before) / octetsPerSecond) * 1000;
  if (one.waited <= patience + worth) return false;
  socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  socket.destroySoon();
  return true;
}
