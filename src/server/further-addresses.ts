import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

type HttpServer = FastifyInstance['server'];

const listeners = new WeakMap<HttpServer, NetServer[]>();

/**
 * Makes `server` listen at one more address. The server's TLS settings, faults and journal apply to connections at this address too. Does
 * nothing if the system lacks the address or if the port is in use there.
 */
export async function listenAlsoAt(server: HttpServer, host: string, port: number): Promise<void> {
  // The same options as Node's HTTP server.
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
    server.emit('connection', socket);
  });
  try {
    listener.listen(port, host);
    await once(listener, 'listening');
  } catch {
    return;
  }
  listeners.set(server, [...furtherListeners(server), listener]);
}

/** The further addresses at which `server` accepts connections. */
export const furtherListeners = (server: HttpServer): readonly NetServer[] => listeners.get(server) ?? [];
