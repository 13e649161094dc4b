import type { AddressDetails, ConductView, NamespaceView } from '../api/index.js';
import { itemsOf, type CallApi } from './call.js';

/** Calls about the server as a whole. All calls throw ControlError. */
export interface ServerCalls {
  /** Gets the SM-DP+ address, the SM-DS address, and the URL of the device-facing listener. */
  address(): Promise<AddressDetails>;
  /**
   * Changes the SM-DP+ address, for instance when the mapped port of a container is known. 400: invalid address. 409:
   * the TLS certificate does not cover the address, or the address belongs to the SM-DS.
   */
  moveTo(address: string): Promise<AddressDetails>;
  /** How the server treats all clients: polite, strict or hostile. */
  conduct(): Promise<ConductView>;
  /** Changes the conduct. The change lasts until the next change, reset or restart. */
  conductAs(conduct: ConductView['conduct']): Promise<ConductView>;
  /** Lists namespaces that have profiles, exchanges, fault rules or virtual devices. */
  namespaces(): Promise<readonly NamespaceView[]>;
  /** Gets one sentence for each active setting that is unsafe or that a tester changed, such as a frozen clock. */
  warnings(): Promise<readonly string[]>;
  /** Resolves if the process answers. */
  alive(): Promise<void>;
  /** Resolves if the database answers too. 503: the database does not answer, or cannot be written. */
  ready(): Promise<void>;
  /** Gets counters and durations in the text format of Prometheus. */
  metrics(): Promise<string>;
}

export function serverBy(call: CallApi): ServerCalls {
  const outside = { base: '' };
  return {
    address: () => call('GET', '/address'),
    moveTo: (address) => call('PUT', '/address', { body: { address } }),
    conduct: () => call('GET', '/conduct'),
    conductAs: (conduct) => call('PUT', '/conduct', { body: { conduct } }),
    namespaces: () => itemsOf(call, '/namespaces'),
    warnings: () => itemsOf(call, '/warnings'),
    alive: async () => void (await call('GET', '/healthz', outside)),
    ready: async () => void (await call('GET', '/readyz', outside)),
    metrics: () => call('GET', '/metrics', outside),
  };
}
