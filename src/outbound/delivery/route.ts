/** Something to deliver. */
export interface Item {
  /** How often delivery was tried. */
  readonly attempts: number;
}

/** Why an item was not delivered. */
export interface DeliveryFailure {
  readonly problem: string;
  /** Whether the receiver answered that it refuses the item. */
  readonly heard: boolean;
  /** Whether another attempt is useless. */
  readonly isFinal?: boolean | undefined;
}

/** Connections to one receiver. */
export interface ReceiverConnection<I extends Item> {
  /** @throws Error if the receiver does not answer; this counts as a failed delivery */
  deliver(item: I, signal: AbortSignal): Promise<'received' | DeliveryFailure>;
  close(): void;
}

/** The stored queue of one receiver, and how to connect to the receiver. Times are milliseconds since 1970. */
export interface Route<I extends Item> {
  /** Names the receiver. */
  readonly name: string;
  /** Address and credentials of the receiver as one text. If the text changes, the queue opens a new connection. */
  readonly way: string;
  /** What the log says about the receiver. */
  readonly remarks: {
    readonly about: Readonly<Record<string, string>>;
    /** The receiver cannot be reached. */
    readonly failing: string;
    /** The receiver can be reached again. */
    readonly again: string;
  };
  /** The first delivery opens a connection. @param width connections that may be open at a time */
  connect(width: number): ReceiverConnection<I>;
  /** Reserves up to `limit` due items for this process until `until`. */
  lease(now: number, until: number, limit: number): Promise<readonly I[]>;
  /** The receiver has accepted the item. */
  received(item: I, now: number): Promise<void>;
  /** The item is tried again at `next`. */
  postpone(item: I, next: number, failure: DeliveryFailure): Promise<void>;
  /** The item is not tried again. */
  giveUp(item: I, now: number, failure: DeliveryFailure): Promise<void>;
  /** The delivery was aborted, or not begun: another process may take the item at once. */
  giveBack(item: I): Promise<void>;
}
