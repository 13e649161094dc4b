import type { AddressDetails, NamespaceView } from '../api/index.js';
import { itemsOf, type CallApi } from './call.js';

/** The server as a whole; calls of the control API raise ControlError. */
export interface ServerCalls {
  /** The SM-DP+ address, that of the SM-DS, and where the device-facing listener is. */
  address(): Promise<AddressDetails>;
  /**
   * Changes the SM-DP+ address, for a server that learns only now under which port it is reached. 400: it is no address, 409: the
   * certificates are not for it.
   */
  moveTo(address: string): Promise<AddressDetails>;
  /** Namespaces that anything is in. */
  namespaces(): Promise<readonly NamespaceView[]>;
  /** One sentence for each thing in force that is unsafe, or that a tester has set: a frozen clock, fault rules. */
  warnings(): Promise<readonly string[]>;
  /** Resolves where the process answers. */
  alive(): Promise<void>;
  /** Resolves where the database answers, too. 503: it does not, or cannot be written. */
  ready(): Promise<void>;
  /** Counters and durations in the text format of Prometheus. */
  metrics(): Promise<string>;
}

export function serverBy(call: CallApi): ServerCalls {
  const outside = { base: '' };
  return {
    address: () => call('GET', '/address'),
    moveTo: (address) => call('PUT', '/address', { body: { address } }),
    namespaces: () => itemsOf(call, '/namespaces'),
    warnings: () => itemsOf(call, '/warnings'),
    alive: async () => void (await call('GET', '/healthz', outside)),
    ready: async () => void (await call('GET', '/readyz', outside)),
    metrics: () => call('GET', '/metrics', outside),
  };
}
