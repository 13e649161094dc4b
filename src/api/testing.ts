import type { ConductSwitch } from '../instruments/faults/index.js';
import type { SettableClock } from '../base/settable-clock.js';

/** What a reset can be told to keep. */
export const keepable = [
  'clock',
  'faults',
  'journal',
  'profileTypes',
  'operators',
  'webhooks',
  'devices',
] as const;
export type KeptByReset = (typeof keepable)[number];

/** Why a change was refused. */
export interface ChangeProblem {
  readonly message: string;
  readonly remedy: string;
}

/** Changes that affect the whole server. */
export interface Testing {
  readonly conduct: ConductSwitch;
  readonly clock: SettableClock;
  /** Returns the server to its seed, except for what is kept. */
  reset(keep: readonly KeptByReset[]): Promise<void>;
  /** Changes the address of the SM-DP+. @returns the reason if the change is refused */
  moveTo(address: string): ChangeProblem | undefined;
}
