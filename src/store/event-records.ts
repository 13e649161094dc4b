import type { Page } from './page.js';

/** What a device finds at the SM-DS (SGP.22 3.6): that a server has something for it. Times are milliseconds since 1970. */
export interface NewEventRecord {
  /** OID of the SM-DP+ or SM-DS that registered it, dotted. */
  readonly owner: string;
  /** What the device sends to the server as MatchingID; no two of one owner are the same. */
  readonly eventId: string;
  readonly eid: string;
  /** Where the device is sent: `host` or `host:port`. */
  readonly rspServerAddress: string;
  /** EventID under which we have registered it at the root SM-DS; null where it was not passed on. */
  readonly rootEventId: string | null;
  readonly registeredAt: number;
}

/** An event record as it is kept. */
export interface EventRecord extends NewEventRecord {
  readonly id: number;
}

/** Which event records a list shows. */
export interface EventFilter {
  readonly eid?: string | undefined;
  readonly eventId?: string | undefined;
  readonly owner?: string | undefined;
}

/**
 * The event records of the SM-DS role. They are kept with a `registerEvent` and removed with a `deleteEvent` of
 * {@link Store.commit}, so that an order of our own and its event can come and go together.
 */
export interface EventRecords {
  /** The event that the owner has registered under this EventID. */
  eventRecord(owner: string, eventId: string): Promise<EventRecord | undefined>;
  /**
   * Events for the EID in the order of registration; with `eventId` those that it names, as EventID or as that of the
   * root SM-DS.
   */
  eventsForEid(eid: string, eventId?: string): Promise<readonly EventRecord[]>;
  /** Events in the order of registration. `limit` is at most 1000. @throws RangeError for a malformed cursor */
  listEvents(
    filter: EventFilter,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<EventRecord>>;
}
