import type { Exchange } from '../../instruments/exchanges/index.js';

/** Ends the exchange of a request that the server rejects before the function runs. */
export function refuseCall(exchange: Exchange, status: number, message: string, hint?: string): void {
  exchange.noteListenerFailure({ result: `HTTP ${status}`, message, hint });
  exchange.end({ status, headers: {}, body: Buffer.alloc(0) });
}
