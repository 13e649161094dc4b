import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { FaultRule } from '../instruments/faults/index.js';
import type { Pki, PkiWriter } from '../pki/index.js';
import type { Store } from '../store/index.js';
import type { AdminToken } from './admin-token.js';
import type { ControlCalls } from './in-process.js';
import type { MetricsOfProcess } from './workers/messages.js';
import type { SeedResult } from './seeds/index.js';

/** Objects that a program can replace in a server or add to a server. */
export interface ServerOverrides {
  /** The clock that the server's own clock follows until a tester sets the time. */
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Stores the certificates and keys that the server issues; default: in the PKI folder. */
  readonly pkiWriter?: PkiWriter | undefined;
  /** Initial fault rules, in addition to the rules of the configuration. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** The processes that serve devices. Default: this process. */
  readonly deviceServers?: DeviceServers | undefined;
}

/** Further processes that serve devices. This process then serves only operators. */
export interface DeviceServers {
  /** @returns the host and port at which the processes serve devices */
  start(): Promise<string>;
  metrics(): Promise<readonly MetricsOfProcess[]>;
  stop(): Promise<void>;
}

/** The part of a server that serves devices while another process serves the operators. */
export interface RunningDevices {
  /** Host and port of the device-facing listener. */
  readonly authority: string;
  metrics(): Promise<MetricsOfProcess>;
  /** Finishes the requests in flight, then closes listener and database. */
  close(): Promise<void>;
}

/** A server that accepts requests. */
export interface RunningServer extends SeedResult {
  readonly store: Store;
  readonly pki: Pki;
  /** The SM-DP+ address. */
  readonly address: string;
  /** The address of the SM-DS; `undefined` if the SM-DS role is off. */
  readonly smdsAddress: string | undefined;
  /** Base URL of the device-facing listener. */
  readonly deviceUrl: string;
  /** Base URL of the operator-facing listener. */
  readonly operatorUrl: string;
  /** URL of the self-service page; absent: this is no public server. */
  readonly publicUrl?: string | undefined;
  /** Base URL of console and control API; `undefined` if a public server serves neither. */
  readonly controlUrl: string | undefined;
  readonly adminToken: AdminToken | undefined;
  /** The server's own time. */
  readonly clock: Clock;
  /** Makes a call of the control API without a connection. */
  readonly control: ControlCalls['call'];
  /** Makes a call whose answer has no end, such as an event stream. */
  readonly openControl: ControlCalls['open'];
  /** One sentence for each unsafe setting, and for each problem with the certificates. */
  readonly warnings: readonly string[];
  /** Finishes the requests in flight, then closes listeners and database. */
  close(): Promise<void>;
}
