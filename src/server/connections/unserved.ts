import type { FastifyRequest } from 'fastify';
import {
  Exchange,
  originOf,
  type Interceptor,
  type ListenerFailure,
  type Origin,
} from '../../instruments/exchanges/index.js';

/** Maximum length of a message. Longer messages are cut, because a message may repeat the client's input. */
const longest = 300;

/** Tells the journal, the metrics and the log about connections and requests that called no function. */
export class Unserved {
  constructor(private readonly watchers: readonly Interceptor[]) {}

  /** Reports a connection without a readable request. */
  connection(kind: 'TLS' | 'HTTP', origin: Origin, failure: ListenerFailure): void {
    const exchange = new Exchange(kind, kind === 'TLS' ? 'handshake' : 'request', this.watchers);
    const status = Number(/^HTTP (\d{3})$/.exec(failure.result)?.[1] ?? 0);
    this.#end(exchange, origin, failure, status);
  }

  /** Reports a request that called no function. */
  request(request: FastifyRequest, status: number, message: string, hint?: string): void {
    const exchange = new Exchange('HTTP', 'request', this.watchers);
    this.#end(exchange, originOf(request), { result: `HTTP ${status}`, message, hint }, status);
  }

  #end(exchange: Exchange, origin: Origin, failure: ListenerFailure, status: number): void {
    exchange.noteOrigin(origin);
    exchange.noteListenerFailure({ ...failure, message: failure.message.slice(0, longest) });
    exchange.end({ status, headers: {}, body: Buffer.alloc(0) });
  }
}
