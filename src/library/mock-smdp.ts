import type { VirtualDevice } from '../device/index.js';
import type { ClockCalls } from './clock.js';
import type { Namespace, ScopedCalls } from './namespace.js';
import type { Snapshots } from './snapshots.js';

/**
 * An SM-DP+ for tests, in this process or another.
 *
 * @typeParam Device result of `device`: a virtual device, or a promise of a virtual device
 */
export interface Smdp<Device> extends ScopedCalls<Device>, AsyncDisposable {
  /** The SM-DP+ address in activation codes, such as `localhost:40123`. */
  readonly address: string;
  /** Base URL of the device-facing listener, such as `https://localhost:40123`. */
  readonly deviceUrl: string;
  /** Base URL of the operator-facing listener, such as `http://localhost:40124`. */
  readonly operatorUrl: string;
  /** Bearer token of `operatorUrl`; `undefined` if the listener requires no token. */
  readonly adminToken: string | undefined;
  /** The CA that a TLS client of `deviceUrl` must trust, as PEM. */
  readonly ca: string;
  /** Unsafe settings and problems with certificates, one sentence each. */
  readonly warnings: readonly string[];
  readonly clock: ClockCalls;
  readonly snapshots: Snapshots;

  /**
   * Gives access to a namespace. A namespace exists as soon as a call names it. Parallel tests can share the server if
   * each test uses its own namespace. A test then does not see the profiles, fault rules and journal entries of the
   * other tests.
   *
   * @param name 1 to 32 letters, digits and single hyphens; case does not matter
   * @throws RangeError for an invalid name
   */
  namespace(name: string): Namespace<Device>;
  close(): Promise<void>;
}

/** A running SM-DP+ in this process. */
export interface MockSmdp extends Smdp<VirtualDevice> {
  /** The PKI folder: certificates and keys under SGP.26 file names. */
  readonly certs: string;
  /** Finishes running requests, stops the server, and removes files made only for this server. */
  close(): Promise<void>;
}

/**
 * A running SM-DP+ in another process, container or machine. It works like {@link MockSmdp}, except that `device`
 * returns a promise: `await smdp.device()`. The client must first request an eUICC from the server.
 */
export interface ConnectedSmdp extends Smdp<Promise<VirtualDevice>> {
  /** The namespace of all calls, in lower case; `undefined`: the whole server. */
  readonly name: string | undefined;
  /** The SM-DP+ address. If another client changes the address later, this value does not change. */
  readonly address: string;
  /** URL to which the devices of this client connect. */
  readonly deviceUrl: string;
  /** Closes this client's devices, event streams and connections. The server keeps running. */
  close(): Promise<void>;
}
