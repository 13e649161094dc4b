import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { originOfSocket, socketBelowTls, type ListenerFailure } from '../../instruments/exchanges/index.js';
import { isProvoked } from '../provoke-tls-faults.js';
import { foreignNameFailure } from './foreign-name.js';
import { listenerFailureOf, noRequest } from './listener-failure.js';
import type { Unserved } from './unserved.js';

/**
 * Reports each connection without a request once: failed handshakes, clients that leave or send nothing, data that is
 * not HTTP.
 *
 * @param isTls whether the listener speaks TLS
 */
export function watchConnections(app: FastifyInstance, isTls: boolean, unserved: Unserved): void {
  const { server } = app;
  const secured = new WeakSet<Socket>();
  /** Connections that had a request, or that were reported. */
  const settled = new WeakSet<Socket>();
  let isClosing = false;
  const tell = (socket: Socket, failure: ListenerFailure, origin = originOfSocket(socket)): void => {
    if (isClosing || settled.has(socket) || isProvoked(socket)) return;
    settled.add(socket);
    unserved.connection(failure.result.startsWith('TLS') ? 'TLS' : 'HTTP', origin, failure);
  };
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  // Reading the address now makes Node remember it after the connection closes.
  server.on('connection', (socket: Socket) => void socket.remoteAddress);
  server.on('request', ({ socket }: { socket: Socket }) => settled.add(socket));
  server.on('secureConnection', (socket: TLSSocket) => {
    secured.add(socket);
    const origin = originOfSocket(socket);
    const failure = foreignNameFailure(socket, origin.serverName) ?? noRequest;
    socket.once('close', () => {
      tell(socket, failure, origin);
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const isHandshake = isTls && !secured.has(socket);
    const failure = listenerFailureOf(error, {
      isTls,
      isHandshake,
      hasSent: socketBelowTls(socket).bytesRead > 0,
    });
    if (failure) tell(socket, failure);
  });
}
