import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { furtherListeners } from './further-addresses.js';

/** Maximum time for running requests to end when the server stops, in milliseconds. */
const grace = 3_000;
/** If nothing arrives for this many milliseconds, no more requests are expected. */
const quietTime = 40;
/** The longest time, in milliseconds, for which a client that keeps sending can delay the close. */
const longestDrain = 500;

type HttpServer = FastifyInstance['server'];

/**
 * Watches a listener from its start, so that it can be closed cleanly. Closing means: accept no more connections,
 * answer every request that has arrived, then close the connections. A stalled client can delay the close by three
 * seconds at most.
 *
 * @returns a function that closes the listener
 */
export function closable(app: FastifyInstance): () => Promise<void> {
  const connections = new Connections(app.server);
  return async () => {
    const timer = setTimeout(() => connections.destroy(), grace);
    await connections.drain();
    const closed = app.close();
    connections.closeAsTheyEnd();
    await Promise.all([closed, ...connections.closing]);
    clearTimeout(timer);
  };
}

class Connections {
  readonly #sockets = new Set<Socket>();
  /** Sockets that carried requests. With TLS, these are the TLS sockets. */
  readonly #answering = new Set<Socket>();
  #accepted = 0;
  #isEnding = false;
  /** Each promise resolves when the listener for a further address and its connections have closed. */
  closing: readonly Promise<unknown>[] = [];

  constructor(private readonly server: HttpServer) {
    server.on('connection', (socket: Socket) => {
      this.#accepted += 1;
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    const note: RequestListener = ({ socket }, response) => {
      if (!this.#answering.has(socket)) {
        this.#answering.add(socket);
        socket.once('close', () => this.#answering.delete(socket));
      }
      response.once('close', () => {
        if (this.#isEnding) this.#closeIdle();
      });
    };
    server.on('request', note);
  }

  /** Stops accepting, and waits until no more requests arrive. */
  async drain(): Promise<void> {
    await this.#acceptPending();
    // The HTTP server's own `close` would cut connections on which a request is about to arrive.
    if (this.server.listening) NetServer.prototype.close.call(this.server);
    this.closing = furtherListeners(this.server).map((listener) => once(listener.close(), 'close'));
    const end = performance.now() + longestDrain;
    for (let before = -1; this.#sockets.size > 0 && performance.now() < end;) {
      const arrived = this.#arrived;
      if (arrived === before && !this.#isSending) return;
      before = arrived;
      await wait(quietTime);
    }
  }

  /**
   * Waits for connections that the system has already accepted. They arrive one by one, each in a turn of the event
   * loop.
   */
  async #acceptPending(): Promise<void> {
    const end = performance.now() + longestDrain;
    for (let before = -1; before !== this.#accepted && performance.now() < end;) {
      before = this.#accepted;
      for (let turn = 0; turn < 3; turn++) await setImmediate();
    }
  }

  /** Closes each connection after its current answer. */
  closeAsTheyEnd(): void {
    this.#isEnding = true;
    this.#closeIdle();
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #closeIdle(): void {
    this.server.closeIdleConnections();
  }

  /** A count that grows with each octet and each connection. */
  get #arrived(): number {
    let octets = 0;
    for (const { bytesRead = 0 } of this.#sockets) octets += bytesRead;
    return octets + this.#accepted;
  }

  get #isSending(): boolean {
    return [...this.#answering].some(({ writableLength }) => writableLength > 0);
  }
}
