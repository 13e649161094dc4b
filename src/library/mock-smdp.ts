import type { VirtualDevice } from '../device/index.js';
import type { Calls } from './calls.js';
import type { ClockCalls } from './clock.js';
import type { DeviceOptions } from './devices.js';
import type { Namespace } from './namespace.js';
import type { Snapshots } from './snapshots.js';

/** A running SM-DP+ in this process. */
export interface MockSmdp extends Calls, AsyncDisposable {
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
  /** The PKI folder: certificates and keys under SGP.26 file names. */
  readonly certs: string;
  /** What should be known of the settings in force, and of the certificates. */
  readonly warnings: readonly string[];
  readonly clock: ClockCalls;
  readonly snapshots: Snapshots;

  /** A virtual device that trusts this server; it is closed with it. @throws MaterialError */
  device(options?: DeviceOptions): VirtualDevice;
  /** The activation code of a MatchingID that stands for a fault, `ERR-8-2-6-3-8`. @throws RangeError for what stands for none */
  magic(matchingId: string): string;
  /**
   * A namespace, which is there as soon as it is named: parallel tests that have one each share the server without seeing each other.
   *
   * @param name 1 to 32 letters, digits and single hyphens, taken in lower case
   * @throws RangeError for what is no name
   */
  namespace(name: string): Namespace;
  /** Finishes what is in flight, and removes whatever was made for this server only. */
  close(): Promise<void>;
}
