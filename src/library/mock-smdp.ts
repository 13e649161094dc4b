import type { VirtualDevice } from '../device/index.js';
import type { ClockCalls } from './clock.js';
import type { Namespace, ScopedCalls } from './namespace.js';
import type { Snapshots } from './snapshots.js';

/**
 * An SM-DP+ as test suites use it, wherever it runs.
 *
 * @typeParam Device what `device` gives: a virtual device, or a promise of one
 */
export interface Smdp<Device> extends ScopedCalls<Device>, AsyncDisposable {
  /** The SM-DP+ address that stands in activation codes: `localhost:40123`. */
  readonly address: string;
  /** Base URL of the device-facing listener: `https://localhost:40123`. */
  readonly deviceUrl: string;
  /** Base URL of the operator-facing listener: `http://localhost:40124`. */
  readonly operatorUrl: string;
  /** Bearer token of `operatorUrl`; `undefined` where none is demanded. */
  readonly adminToken: string | undefined;
  /** PEM of the CA that a TLS client of `deviceUrl` has to trust. */
  readonly ca: string;
  /** What should be known of the settings in force, and of the certificates. */
  readonly warnings: readonly string[];
  readonly clock: ClockCalls;
  readonly snapshots: Snapshots;

  /**
   * A namespace, which is there as soon as it is named: parallel tests that have one each share the server without seeing each other.
   *
   * @param name 1 to 32 letters, digits and single hyphens, taken in lower case
   * @throws RangeError for what is no name
   */
  namespace(name: string): Namespace<Device>;
  close(): Promise<void>;
}

/** A running SM-DP+ in this process. */
export interface MockSmdp extends Smdp<VirtualDevice> {
  /** The PKI folder: certificates and keys under SGP.26 file names. */
  readonly certs: string;
  /** Finishes what is in flight, and removes whatever was made for this server only. */
  close(): Promise<void>;
}

/**
 * A running SM-DP+ in another process, container or machine. It is used as {@link MockSmdp} is, but for `device`, which asks the server
 * for an eUICC first: `await smdp.device()`.
 */
export interface ConnectedSmdp extends Smdp<Promise<VirtualDevice>> {
  /** The namespace that all calls are about, in lower case; `undefined`: the whole server. */
  readonly name: string | undefined;
  /** The address as this client knows it: as it was when it connected, or when it has changed it itself. */
  readonly address: string;
  /** Where devices of this client connect. */
  readonly deviceUrl: string;
  /** Ends what this client has begun: its devices, streams of events and connections. The server goes on. */
  close(): Promise<void>;
}
