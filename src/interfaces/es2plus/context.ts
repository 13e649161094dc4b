import type { X509Certificate } from 'node:crypto';
import type { DeviceAddress } from '../../base/device-address.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { PreparationContext } from '../../orders/index.js';
import type { EventRegistration } from './event-registration.js';

/** The dependencies of the ES2+ functions. */
export interface Es2PlusContext extends PreparationContext {
  /** Registers events at SM-DSs. */
  readonly events: EventRegistration;
  /** The SM-DP+ address, which confirmOrder returns. */
  readonly smdp: Pick<DeviceAddress, 'address'>;
  /** CAs of operators. A client certificate from one of these CAs names its operator in its common name. */
  readonly operatorCas: readonly X509Certificate[];
  /** Interceptors watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}

/** Identifies one call of ES2+. */
export interface Es2PlusCall {
  /** functionRequesterIdentifier: the operator. */
  readonly requester: string;
  readonly functionCallIdentifier: string;
  /** The namespace that the caller works in. Absent: the caller works on the whole server. */
  readonly namespace?: string | undefined;
}
