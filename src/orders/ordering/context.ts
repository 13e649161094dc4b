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
  /** Notes a check that held. @param clause of SGP.22, for instance `5.3.1 (2)` */
  readonly passed: (clause: string, what: string) => void;
}
