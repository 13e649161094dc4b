import type { Socket } from 'node:net';
import type { SecureContextOptions, Server } from 'node:tls';
import type { TlsFaults } from '../instruments/faults/index.js';
import { socketBelowTls } from '../instruments/exchanges/index.js';

/** TCP connections on which a fault is provoked. */
const provoked = new WeakSet<Socket>();

/**
 * Has rules decide about every connection before its handshake.
 *
 * @param ordinary what the handshake is done with where none of them acts
 */
export function provokeTlsFaults(server: Server, ordinary: SecureContextOptions, faults: TlsFaults): void {
  let isOrdinary = true;
  // Before the listener of node:tls, which takes the context that is set when it is called.
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

/** Whether a fault is provoked on the connection: then the name that the client asks for chooses no other certificate. */
export const isProvoked = (socket: Socket): boolean => provoked.has(socketBelowTls(socket));
