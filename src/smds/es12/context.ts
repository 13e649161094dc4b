import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { Pki } from '../../pki/index.js';
import type { SmdsContext } from '../registry/index.js';

/** The dependencies of the ES12 functions. */
export interface Es12Context extends SmdsContext {
  readonly pki: Pick<Pki, 'verifyServer'>;
  /** Interceptors watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}
