import type { AuthenticationContext } from '../../interfaces/authentication/index.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';

/** The dependencies of the ES11 functions. */
export interface Es11Context extends AuthenticationContext {
  /** The address of the SM-DS: `host` or `host:port`. */
  readonly address: string;
  /** Interceptors watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}
