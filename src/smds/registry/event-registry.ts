/** The content of an event (SGP.22 5.9.1). */
export interface EventRegistration {
  /** 32 digits. */
  readonly eid: string;
  /** EventID. The device sends it to the server as its MatchingID. */
  readonly eventId: string;
  /** The server that has a profile for the device: `host` or `host:port`. */
  readonly rspServerAddress: string;
  /** Whether an alternative SM-DS forwards the event to the root SM-DS. */
  readonly forwardingIndicator: boolean;
}

/** The members that identify an event when it is deleted (SGP.22 5.9.2). */
export type EventName = Pick<EventRegistration, 'eid' | 'eventId'>;

/** Another SM-DS, which registers and deletes events. */
export interface EventRegistry {
  /** @throws Refusal 8.9/5.1 if the SM-DS cannot be reached; 8.9/4.2 if it answers with an error */
  register(event: EventRegistration): Promise<void>;
  /** Succeeds even if the SM-DS does not know the event. @throws Refusal 8.9/5.1, 8.9/4.2 */
  delete(event: EventName): Promise<void>;
}
