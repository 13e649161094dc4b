/** An event as it is registered (SGP.22 5.9.1). */
export interface EventRegistration {
  /** 32 digits. */
  readonly eid: string;
  /** What the device sends to the server as MatchingID. */
  readonly eventId: string;
  /** The server that has something for the device: `host` or `host:port`. */
  readonly rspServerAddress: string;
  /** Whether an alternative SM-DS passes the event on to the root SM-DS. */
  readonly forwardingIndicator: boolean;
}

/** By what an event is deleted (SGP.22 5.9.2). */
export type EventName = Pick<EventRegistration, 'eid' | 'eventId'>;

/** Another SM-DS, as one that registers events there sees it. */
export interface EventRegistry {
  /** @throws Refusal 8.9/5.1 not reachable, 8.9/4.2 it answered with an error */
  register(event: EventRegistration): Promise<void>;
  /** Done as well where it does not know the event. @throws Refusal 8.9/5.1, 8.9/4.2 */
  delete(event: EventName): Promise<void>;
}
