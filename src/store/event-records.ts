import type { Page } from './page.js';

/**
 * An event that a device retrieves from the SM-DS (SGP.22 3.6). The event tells the device that a server has a profile for the device.
 * Times are milliseconds since 1970.
 */
export interface NewEventRecord {
  /** OID of the SM-DP+ or SM-DS that registered the event, in dotted form. */
  readonly owner: string;
  /** The MatchingID that the device sends to the server. Unique per owner. */
  readonly eventId: string;
  readonly eid: string;
  /** The server that the device should contact: `host` or `host:port`. */
  readonly rspServerAddress: string;
  /** EventID of the registration at the root SM-DS. Null if the event was not forwarded. */
  readonly rootEventId: string | null;
  readonly registeredAt: number;
}

/** A stored event record. */
export interface EventRecord extends NewEventRecord {
  readonly id: number;
}

/** Selects event records for a list. */
export interface EventFilter {
  readonly eid?: string | undefined;
  readonly eventId?: string | undefined;
  readonly owner?: string | undefined;
}

/**
 * The event records of the SM-DS role. {@link Store.commit} adds them with the change `registerEvent`, and removes them with `deleteEvent`.
 * So an order of this server and its event can change in one transaction.
 */
export interface EventRecords {
  /** The event with this EventID of this owner. */
  eventRecord(owner: string, eventId: string): Promise<EventRecord | undefined>;
  /**
   * Events for the EID in order of registration. With `eventId`: only events that have this EventID, here or at the
   * root SM-DS.
   */
  eventsForEid(eid: string, eventId?: string): Promise<readonly EventRecord[]>;
  /** Events in the order of registration. `limit` is at most 1000. @throws RangeError for a malformed cursor */
  listEvents(
    filter: EventFilter,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<EventRecord>>;
}
