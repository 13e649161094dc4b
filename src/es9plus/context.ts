import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { ProfileTypes } from '../orders/profile-types.js';
import type { Pki } from '../pki/index.js';
import type { Store } from '../store/index.js';

/** What the functions of ES9+ work with. */
export interface Es9PlusContext {
  readonly store: Store;
  readonly pki: Pki;
  readonly profileTypes: ProfileTypes;
  readonly clock: Clock;
  readonly random: Random;
  /** The SM-DP+ address: `host` or `host:port`. */
  readonly address: string;
  /** How long a device may take from initiateAuthentication to the delivery of the BPP, in milliseconds. */
  readonly sessionTimeout: number;
  /** How long the ProfileInstallationResult may take after that, in milliseconds. */
  readonly resultTimeout: number;
}
