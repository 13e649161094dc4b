import type { X509Certificate } from 'node:crypto';
import type { DeviceAddress } from '../../base/device-address.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { PreparationContext } from '../../orders/index.js';
import type { EventRegistration } from './event-registration.js';

/** What the functions of ES2+ work with. */
export interface Es2PlusContext extends PreparationContext {
  /** Registers events at SM-DSs. */
  readonly events: EventRegistration;
  /** Where devices find the SM-DP+: confirmOrder answers this address. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** CAs of operators. A client certificate that one of them has issued stands for the operator in its common name. */
  readonly operatorCas: readonly X509Certificate[];
  /** Watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}

/** Identifies one call of ES2+. */
export interface Es2PlusCall {
  /** functionRequesterIdentifier: the operator. */
  readonly requester: string;
  readonly functionCallIdentifier: string;
  /** The namespace that the caller works in; absent: the whole server. */
  readonly namespace?: string | undefined;
}
