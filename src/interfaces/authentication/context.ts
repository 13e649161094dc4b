import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { ServerPki } from '../../pki/index.js';
import type { Store } from '../../store/index.js';

/** The dependencies of mutual authentication. */
export interface AuthenticationContext {
  readonly store: Store;
  readonly pki: ServerPki;
  readonly clock: Clock;
  readonly random: Random;
  /** The time that a device has from initiateAuthentication to its last request, in milliseconds. */
  readonly sessionTimeout: number;
}
