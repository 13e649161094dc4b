import type { Socket } from 'node:net';
import type { SecureContextOptions, Server } from 'node:tls';
import type { TlsFaults } from '../instruments/faults/index.js';
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
  // Runs before the connection listener of node:tls, which then uses the context that this listener has set.
  server.prependListener('connection', (socket: Socket) => {
    const decision = faults.decide();
    if (decision) provoked.add(socket);
    if (decision && !decision.context) {
      socket.destroy();
      return;
    }
    if (decision?.context || !isOrdinary) server.setSecureContext(decision?.context ?? ordinary);
    isOrdinary = decision === undefined;
  });
}

/**
 * Whether a fault is provoked on the connection. If so, the server name that the client sends does not select the
 * certificate.
 */
export const isProvoked = (socket: Socket): boolean => provoked.has(socketBelowTls(socket));
