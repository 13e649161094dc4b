import type { DeviceAddress } from '../../base/device-address.js';
import type { AuthenticationContext } from '../authentication/index.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { NoOrderStatus, ProfileTypes } from '../../orders/index.js';
import type { ProgressOutbox } from '../../outbound/progress/index.js';
import type { Profile } from '../../store/index.js';

/** How long a ProfileInstallationResult may take, in milliseconds: 30 days, as a device sends it with its next connection. */
export const resultTimeout = 30 * 24 * 60 * 60 * 1000;

/** What the functions of ES9+ work with. */
export interface Es9PlusContext extends AuthenticationContext {
  readonly profileTypes: ProfileTypes;
  /** Where devices find the SM-DP+. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** How long the ProfileInstallationResult may take after the BPP, in milliseconds. */
  readonly resultTimeout: number;
  /** Status code for an eUICC without a waiting order; default: 8.1.1/3.8. */
  readonly noOrderStatus?: NoOrderStatus | undefined;
  /** Queues messages to operators about downloads. Absent: the server sends no such messages. */
  readonly progress?: ProgressOutbox | undefined;
  /** Watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Makes an order for a MatchingID that stands for a fault; returns `undefined` for all others. */
  readonly orderOnDemand?: ((matchingId: string, eid: string) => Promise<Profile | undefined>) | undefined;
}
