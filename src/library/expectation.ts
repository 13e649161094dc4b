import type { VerifyRequest } from '../api/index.js';
import type { Since } from './journal.js';

/**
 * Which exchanges a test expects, how many of them, from when on, for how many seconds they are waited for (`timeout`), and for how
 * many seconds more it has to stay so (`during`): that nothing comes any more can be said only when they are over.
 */
export type Expectation = Omit<VerifyRequest, 'since'> & {
  /** Only what came after. */
  readonly since?: Since | undefined;
};
