import type { SettableClock } from '../base/settable-clock.js';

/** What a reset may leave as it is. */
export const spared = ['clock', 'faults', 'journal', 'profileTypes', 'operators'] as const;
export type KeptByReset = (typeof spared)[number];

/** What speaks against a change. */
export interface ChangeProblem {
  readonly message: string;
  readonly remedy: string;
}

/** What testers do to a whole server. */
export interface Testing {
  readonly clock: SettableClock;
  /** Puts the server back to what it was seeded with. */
  reset(keep: readonly KeptByReset[]): Promise<void>;
  /** Gives the SM-DP+ another address. @returns what speaks against it */
  moveTo(address: string): ChangeProblem | undefined;
}
