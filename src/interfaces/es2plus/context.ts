import type { X509Certificate } from 'node:crypto';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { OrderingContext } from '../../orders/index.js';

/** What the functions of ES2+ work with. */
export interface Es2PlusContext extends OrderingContext {
  /** The SM-DP+ address, which confirmOrder answers: `host` or `host:port`. */
  readonly address: string;
  /** CAs whose client certificates are those of the operators that their common names name. */
  readonly operatorCas: readonly X509Certificate[];
  /** Who watches requests, and steps in on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}
