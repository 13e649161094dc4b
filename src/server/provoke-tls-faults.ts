import type { Socket } from 'node:net';
import type { SecureContextOptions, Server } from 'node:tls';
import type { ProvokedConnection, TlsFaults } from '../instruments/faults/index.js';
import { socketBelowTls } from '../instruments/exchanges/index.js';

/** TCP connections on which a fault is provoked. */
const provoked = new WeakSet<Socket>();

/**
 * Applies fault rules to every connection before its handshake.
 *
 * @param ordinary TLS settings of a handshake without a fault
 */
export function provokeTlsFaults(server: Server, ordinary: SecureContextOptions, faults: TlsFaults): void {
  let isOrdinary = true;
  const apply = (socket: Socket, decision: ProvokedConnection | undefined): void => {
    if (decision) provoked.add(socket);
    if (decision && !decision.context) {
      socket.destroy();
      return;
    }
    if (decision?.context || !isOrdinary) server.setSecureContext(decision?.context ?? ordinary);
    isOrdinary = decision === undefined;
  };
  const others = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  // Sets the TLS context of the connection before node:tls uses it.
  server.on('connection', (socket: Socket) => {
    const accept = (decision?: ProvokedConnection): void => {
      apply(socket, decision);
      for (const listener of others) listener.call(server, socket);
    };
    const decision = faults.decide();
    if (!(decision instanceof Promise)) return accept(decision);
    // Data that arrives in the meantime stays in the socket's buffer.
    decision.then(accept, () => accept()).catch(() => socket.destroy());
  });
}

/** Whether a fault is provoked on the connection. If so, the certificate does not depend on the server name that the client sent. */
export const isProvoked = (socket: Socket): boolean => provoked.has(socketBelowTls(socket));
