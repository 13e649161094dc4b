import type { ConductSwitch } from '../instruments/faults/index.js';
import type { SettableClock } from '../base/settable-clock.js';

/** The parts of the server that a reset can keep. */
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
  /** Calls `work`, then applies its change on all instances. `work` changes the clock, the conduct or the address. */
  change<T>(work: () => T): Promise<T>;
  /** Returns the server to its seed, except for the parts in `keep`. */
  reset(keep: readonly KeptByReset[]): Promise<void>;
  /** Changes the address of the SM-DP+. @returns why the change was refused; `undefined` if the address was changed */
  moveTo(address: string): ChangeProblem | undefined;
}
