import type { Exchange } from '../../instruments/exchanges/index.js';

/** Ends an exchange whose function was not begun, because the caller may not call it, or not like this. */
export function refuseCall(exchange: Exchange, status: number, message: string, hint?: string): void {
  exchange.noteListenerFailure({ result: `HTTP ${status}`, message, hint });
  exchange.end({ status, headers: {}, body: Buffer.alloc(0) });
}
