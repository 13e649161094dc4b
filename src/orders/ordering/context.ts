import type { Profile, ProfileState } from '../../store/index.js';
import type { PreparationContext } from '../prepare.js';
import type { EventRegistration } from './events.js';

/** What the functions of ES2+ work with. */
export interface OrderingContext extends PreparationContext {
  readonly events: EventRegistration;
}

/** A call of ES2+. */
export interface Call {
  /** functionRequesterIdentifier: the operator. */
  readonly requester: string;
  readonly functionCallIdentifier: string;
  /** The one that the caller works in; absent: the whole server is meant. */
  readonly namespace?: string | undefined;
  /** Notes a check that held. @param clause of SGP.22, for instance `5.3.1 (2)` */
  readonly passed: (clause: string, what: string) => void;
  /** Notes the profile that the call is decided about. */
  readonly concerns?: ((profile: Profile) => void | Promise<void>) | undefined;
  /** Notes the state that it has been left in. */
  readonly left?: ((state: ProfileState) => void) | undefined;
}
