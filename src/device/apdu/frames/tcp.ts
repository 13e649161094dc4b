import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ApduCard } from '../apdu-card.js';
import { answerFrames } from './answer-frames.js';

/** Options of {@link offerOnTcp}. */
export interface TcpCardOptions {
  /** Default `localhost`. */
  readonly host?: string | undefined;
  /** 0 chooses a free port. */
  readonly port: number;
  /**
   * Called when a program connects. `position` is the number of programs that come first. At position 0, the program
   * has the card.
   */
  readonly onConnection?: ((position: number) => void) | undefined;
  /**
   * How long the rest of a frame may take, or the program to take its answers, in milliseconds, before the connection
   * is closed. Default 10,000.
   */
  readonly frameTimeout?: number | undefined;
}

/** A card on a TCP port. */
export interface TcpCard {
  readonly port: number;
  /** Ends the connections. */
  close(): Promise<void>;
}

/**
 * Offers a card on a TCP port, in the frames of vpcd: two octets of length, then a command or response APDU. Only one
 * program has the card at a time. The other programs wait until this program closes its connection.
 *
 * @throws Error of node:net if the port cannot be used
 */
export function offerOnTcp(
  card: ApduCard,
  { host = 'localhost', port, onConnection, frameTimeout }: TcpCardOptions,
): Promise<TcpCard> {
  const queue: Socket[] = [];
  const leave = (socket: Socket): void => {
    const wasFirst = queue[0] === socket;
    queue.splice(queue.indexOf(socket), 1);
    if (wasFirst && queue[0]) serve(queue[0]);
  };
  const serve = (socket: Socket): void => {
    answerFrames(socket, card, frameTimeout);
    socket.resume();
  };
  const server = createServer({ pauseOnConnect: true, keepAlive: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => leave(socket));
    queue.push(socket);
    onConnection?.(queue.length - 1);
    if (queue[0] === socket) serve(socket);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of [...queue]) socket.destroy();
          }),
      });
    });
  });
}
