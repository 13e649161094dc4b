import type { SettableClock } from '../base/settable-clock.js';

/** What a reset may leave as it is. */
export const spared = ['clock', 'faults', 'journal', 'profileTypes', 'operators'] as const;
export type Spared = (typeof spared)[number];

/** What testers do to a whole server. */
export interface Testing {
  readonly clock: SettableClock;
  /** Puts the server back to what it was seeded with. */
  reset(keep: readonly Spared[]): Promise<void>;
}
