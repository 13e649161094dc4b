import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { Pki } from '../../pki/index.js';
import type { SmdsContext } from '../registry/index.js';

/** What the functions of ES12 work with. */
export interface Es12Context extends SmdsContext {
  readonly pki: Pick<Pki, 'verifyServer'>;
  /** Watch requests, and change answers on purpose. */
  readonly interceptors?: readonly Interceptor[] | undefined;
}
