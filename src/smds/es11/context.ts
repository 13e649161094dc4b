import type { AuthenticationContext } from '../../interfaces/authentication/index.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';

/** What the functions of ES11 work with. */
export interface Es11Context extends AuthenticationContext {
  /** The address of the SM-DS: `host` or `host:port`. */
  readonly address: string;
  /** Watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}
