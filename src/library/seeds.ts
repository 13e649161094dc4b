import type { SeedExportQuery, SeedFile, SeedQuery, SeedRequest, SeedView } from '../api/index.js';
import type { Asked, CallApi } from './call.js';

/** States of the server as files. All calls throw ControlError. */
export interface SeedCalls {
  /**
   * Applies a seed, completely or not at all. Existing profiles, codes and fault rules stay as they are. Other existing
   * entries get the settings of the seed. 422: the seed is wrong; `errors` names each wrong member with its line.
   *
   * @param seed the text of the seed, in YAML or JSON, with the files that it names; or the seed as an object
   */
  apply(seed: SeedRequest | SeedFile, options?: Asked<SeedQuery>): Promise<SeedView>;
  /** Gets the present state as a seed in YAML. 409: the state has keys, and `secrets` is not true. */
  export(options?: Asked<Omit<SeedExportQuery, 'format'>>): Promise<string>;
}

const isRequest = (seed: SeedRequest | SeedFile): seed is SeedRequest => Object.hasOwn(seed, 'text');

export const seedsBy = (call: CallApi): SeedCalls => ({
  apply: (seed, options = {}) =>
    call('POST', '/seed', {
      query: { ...options },
      body: isRequest(seed) ? seed : { text: JSON.stringify(seed) },
    }),
  export: (options = {}) => call('GET', '/seed', { query: { ...options, format: 'yaml' } }),
});
