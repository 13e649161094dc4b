/** An item to deliver. */
export interface Item {
  /** The number of failed attempts so far. */
  readonly attempts: number;
}

/** Why an item was not delivered. */
export interface DeliveryFailure {
  readonly problem: string;
  /** Whether the receiver answered that it refuses the item. If not, the receiver could not be reached or did not answer. */
  readonly isRefusal: boolean;
  /** Whether another attempt is useless. */
  readonly isFinal?: boolean | undefined;
}

/** Connections to one receiver. */
export interface ReceiverConnection<I extends Item> {
  /** @throws Error if the receiver does not answer; the queue then treats the delivery as failed */
  deliver(item: I, signal: AbortSignal): Promise<'received' | DeliveryFailure>;
  close(): void;
}

/** The stored queue of one receiver, and how to connect to the receiver. Times are milliseconds since 1970. */
export interface Route<I extends Item> {
  /** The receiver's name, by which the courier finds its queue. */
  readonly name: string;
  /** The address and credentials of the receiver as one text. If the text changes, the queue opens a new connection. */
  readonly endpoint: string;
  /** What the log says about the receiver. */
  readonly remarks: {
    /** The members of a log entry that name the receiver. */
    readonly about: Readonly<Record<string, string>>;
    /** The text to log when the receiver cannot be reached. */
    readonly failing: string;
    /** The text to log when the receiver can be reached again. */
    readonly again: string;
  };
  /** Opens no connection before the first delivery. @param width the number of connections that may be open at the same time */
  connect(width: number): ReceiverConnection<I>;
  /** Reserves up to `limit` due items for this process. The reservation ends at the time `until`. */
  lease(now: number, until: number, limit: number): Promise<readonly I[]>;
  /** Stores that the receiver has accepted the item. */
  received(item: I, now: number): Promise<void>;
  /** Stores `next` as the time of the next attempt to deliver the item. */
  postpone(item: I, next: number, failure: DeliveryFailure): Promise<void>;
  /** Stores that the server will not try to deliver the item again. */
  giveUp(item: I, now: number, failure: DeliveryFailure): Promise<void>;
  /** Ends the reservation of an item whose delivery was aborted or not begun. Another process may then take the item at once. */
  giveBack(item: I): Promise<void>;
}
