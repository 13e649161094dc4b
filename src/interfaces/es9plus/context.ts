import type { DeviceAddress } from '../../base/device-address.js';
import type { AuthenticationContext } from '../authentication/index.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { NoOrderStatus, ProfileTypes } from '../../orders/index.js';
import type { ProgressOutbox } from '../../outbound/progress/index.js';
import type { Profile } from '../../store/index.js';

/**
 * The default time that a device has to send its ProfileInstallationResult: 30 days, in milliseconds. A device may
 * send the result much later, when it next connects.
 */
export const resultTimeout = 30 * 24 * 60 * 60 * 1000;

/** The dependencies of the ES9+ functions. */
export interface Es9PlusContext extends AuthenticationContext {
  readonly profileTypes: ProfileTypes;
  /** The SM-DP+ address. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** The time that a device has to send the ProfileInstallationResult after it got the BPP, in milliseconds. */
  readonly resultTimeout: number;
  /** The status code if there is no order for the EID; default: 8.1.1/3.8. */
  readonly noOrderStatus?: NoOrderStatus | undefined;
  /** Queues messages to operators about downloads. Absent: the server sends no such messages. */
  readonly progress?: ProgressOutbox | undefined;
  /** Interceptors watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Makes an order for a MatchingID that stands for a fault. Returns `undefined` for every other MatchingID. */
  readonly orderOnDemand?: ((matchingId: string, eid: string) => Promise<Profile | undefined>) | undefined;
}
