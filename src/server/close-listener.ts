import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long requests that are in flight may take to end once the server is told to stop, in milliseconds. */
const grace = 3_000;

/**
 * Makes a listener that can be closed for good: what is in flight is finished, but a client that stalls, in the middle of a
 * request or of a TLS handshake, does not hold the server up.
 */
export function closable(app: FastifyInstance): () => Promise<void> {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return async () => {
    const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), grace);
    await app.close();
    clearTimeout(timer);
  };
}
