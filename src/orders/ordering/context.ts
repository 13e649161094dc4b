import type { Profile, ProfileState } from '../../store/index.js';
import type { PreparationContext } from '../prepare.js';
import type { EventRegistration } from './events.js';

/** What the functions of ES2+ work with. */
export interface OrderingContext extends PreparationContext {
  readonly events: EventRegistration;
}

/** A call of ES2+. */
export interface Es2PlusCall {
  /** functionRequesterIdentifier: the operator. */
  readonly requester: string;
  readonly functionCallIdentifier: string;
  /** The one that the caller works in; absent: the whole server is meant. */
  readonly namespace?: string | undefined;
  /**
   * Makes a check and notes whether it held: `fn` raises a Refusal where it does not.
   *
   * @param clause of SGP.22, for instance `5.3.1 (2)`
   * @returns what `fn` gives
   */
  readonly check: <T>(clause: string, what: string, fn: () => T) => T;
  /** Notes the profile that the call is decided about. */
  readonly concerns?: ((profile: Profile) => void | Promise<void>) | undefined;
  /** Notes the state that it has been left in. */
  readonly left?: ((state: ProfileState) => void) | undefined;
}
