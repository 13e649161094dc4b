import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

type HttpServer = FastifyInstance['server'];

const doors = new WeakMap<HttpServer, NetServer[]>();

/**
 * Has `server` serve connections to a further address too. What is attached to it (TLS settings, faults, journal) sees them like
 * its own. Does nothing where the system has no such address, or the port is in use there.
 */
export async function openDoor(server: HttpServer, host: string, port: number): Promise<void> {
  // The options are those of Node's own HTTP server.
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

/** What else accepts connections for `server`. */
export const doorsOf = (server: HttpServer): readonly NetServer[] => doors.get(server) ?? [];
