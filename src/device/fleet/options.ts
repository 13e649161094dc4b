import type { CardProperties } from '../card/index.js';
import type { Es9PlusOptions, TransportOptions } from '../lpa/index.js';
import type { Arrivals } from './arrivals.js';
import type { FleetState } from './states.js';

/** One device of a fleet. */
export interface FleetDevice {
  /** 32 digits. */
  readonly eid: string;
  /** With or without `LPA:`. Default: the device asks the servers of the fleet. */
  readonly activationCode?: string | undefined;
  /** MatchingID to send to the SM-DP+ of the fleet. Default: the server finds the profile by the EID. */
  readonly matchingId?: string | undefined;
  readonly confirmationCode?: string | undefined;
  /** 15 or 16 digits. */
  readonly imei?: string | undefined;
  /** The state in which this device should end. Default: `expect` of the fleet. */
  readonly expect?: FleetState | undefined;
}

/** Options of {@link runFleet}. `devices` and `material` are mandatory. */
export interface FleetOptions {
  /**
   * The devices. The fleet reads a device from the list only when the device begins, so the list may be a stream of any
   * length.
   */
  readonly devices: Iterable<FleetDevice> | AsyncIterable<FleetDevice>;
  /** Number of devices. Mandatory for `arrivals` other than `rate` and `asap`. */
  readonly total?: number | undefined;
  /** PKI folder with the manufacturer's key (`SK_EUM_*`) or the CI's key (`SK_CI_*`). */
  readonly material: string;
  /** SM-DP+ for devices without an activation code, `host[:port]`. */
  readonly smdpAddress?: string | undefined;
  /**
   * SM-DSs for devices without an activation code, each `host[:port]`. These devices download every profile that they
   * find.
   */
  readonly smdsAddresses?: readonly string[] | undefined;
  /** When the devices begin. Default: `asap`. */
  readonly arrivals?: Arrivals | undefined;
  /** Maximum number of devices that run at the same time. Others wait. Default 200. */
  readonly maxInFlight?: number | undefined;
  /** Minimum and maximum time that the user thinks before consenting, in milliseconds. Default: no time. */
  readonly thinkMs?: readonly [number, number] | undefined;
  /**
   * Share of the requests that are lost, from 0 to 1. Half of these requests never reach the server. The other half
   * reach the server, but the answer is lost. Default 0.
   */
  readonly packetLoss?: number | undefined;
  /** How often a device tries again after a failure of the network or the server. Default 3. */
  readonly retries?: number | undefined;
  /**
   * Pause before the first retry, in milliseconds. The pause doubles with each of the first five retries. Each pause
   * varies randomly by up to half. Default 1,000.
   */
  readonly backoffMs?: number | undefined;
  /** Whether devices enable their profiles, and send the notification. Default `false`. */
  readonly enable?: boolean | undefined;
  /** The state in which devices should end. Default `installed`. */
  readonly expect?: FleetState | undefined;
  /** Card properties of all devices, without an EID, because each device has its own EID. */
  readonly card?: CardProperties | undefined;
  /** How devices connect. Each device has its own connections. */
  readonly server?: TransportOptions | undefined;
  readonly es9plus?: Es9PlusOptions | undefined;
  /** Random numbers from 0 to 1 for losses, pauses and think times. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Stops the fleet when it is aborted. Running devices end as `interrupted`, the others as `notStarted`. */
  readonly signal?: AbortSignal | undefined;
  /** Called whenever a device begins or ends. */
  readonly onProgress?: ((progress: FleetProgress) => void) | undefined;
}

/** The progress of a fleet. */
export interface FleetProgress {
  /** Number of devices. `undefined`: not known yet. */
  readonly total: number | undefined;
  readonly started: number;
  readonly ended: number;
  /** Devices that did not end as expected. */
  readonly unexpected: number;
}
