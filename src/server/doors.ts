import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

type HttpServer = FastifyInstance['server'];

const doors = new WeakMap<HttpServer, NetServer[]>();

/**
 * Opens a further address for `server`. TLS settings, faults and journal of the server apply to its connections too. Does
 * nothing if the system has no such address, or if the port is in use there.
 */
export async function openDoor(server: HttpServer, host: string, port: number): Promise<void> {
  // The same options as Node's HTTP server.
  const door = createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
    server.emit('connection', socket);
  });
  try {
    door.listen(port, host);
    await once(door, 'listening');
  } catch {
    return;
  }
  doors.set(server, [...doorsOf(server), door]);
}

/** The further addresses at which `server` accepts connections. */
export const doorsOf = (server: HttpServer): readonly NetServer[] => doors.get(server) ?? [];
