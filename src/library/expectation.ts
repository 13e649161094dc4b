import type { VerifyRequest } from '../api/index.js';
import type { Since } from './journal.js';

/**
 * Which exchanges a test expects (`expect`), how many (`count`), and since when (`since`). `timeout` is the number of seconds to wait for
 * these exchanges. `during` is the number of seconds for which the expectation must then stay true. Use `during` to check that no further
 * exchanges follow.
 */
export type Expectation = Omit<VerifyRequest, 'since'> & {
  /** Only exchanges after this point. */
  readonly since?: Since | undefined;
};
