import type { DeviceAddress } from '../../base/device-address.js';
import type { AuthenticationContext } from '../authentication/index.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { NoOrderStatus, ProfileTypes } from '../../orders/index.js';
import type { ProgressOutbox } from '../../outbound/progress/index.js';
import type { Profile } from '../../store/index.js';

/** What the functions of ES9+ work with. */
export interface Es9PlusContext extends AuthenticationContext {
  readonly profileTypes: ProfileTypes;
  /** Where devices find the SM-DP+. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** How long the ProfileInstallationResult may take after the BPP was delivered, in milliseconds. */
  readonly resultTimeout: number;
  /** What an eUICC is told for whose EID no order waits; default: 8.1.1/3.8. */
  readonly noOrderStatus?: NoOrderStatus | undefined;
  /** Where operators are told how downloads go on; absent: they are not. */
  readonly progress?: ProgressOutbox | undefined;
  /** Watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** The order made on demand for a MatchingID that stands for a fault; `undefined` for all others. */
  readonly orderOnDemand?: ((matchingId: string, eid: string) => Promise<Profile | undefined>) | undefined;
}
