import type { VirtualDevice } from '../device/index.js';
import type { Calls } from './calls.js';
import type { ClockCalls } from './clock.js';
import type { DeviceOptions } from './devices.js';

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

  /** A virtual device that trusts this server; it is closed with it. @throws MaterialError */
  device(options?: DeviceOptions): VirtualDevice;
  /** Finishes what is in flight, and removes whatever was made for this server only. */
  close(): Promise<void>;
}
