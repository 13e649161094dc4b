import type { X509Certificate } from 'node:crypto';
import type { DeviceAddress } from '../../base/device-address.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { OrderingContext } from '../../orders/index.js';

/** What the functions of ES2+ work with. */
export interface Es2PlusContext extends OrderingContext {
  /** Where devices find the SM-DP+: confirmOrder answers this address. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** CAs whose client certificates are those of the operators that their common names name. */
  readonly operatorCas: readonly X509Certificate[];
  /** Who watches requests, and steps in on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}
