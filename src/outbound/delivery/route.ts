/** Something that is to be delivered. */
export interface Item {
  /** How often it has been tried. */
  readonly attempts: number;
}

/** Why something was not delivered. */
export interface DeliveryFailure {
  readonly problem: string;
  /** Whether the receiver has heard of it all the same, and does not take it. */
  readonly heard: boolean;
  /** Whether there is no use in trying again. */
  readonly isFinal?: boolean | undefined;
}

/** Brings items to one receiver. */
export interface ReceiverConnection<I extends Item> {
  /** @throws Error saying why there is no answer, which is a setback as well */
  deliver(item: I, signal: AbortSignal): Promise<'received' | DeliveryFailure>;
  close(): void;
}

/** The queue to one receiver, and how it is reached. Times are milliseconds since 1970. */
export interface Route<I extends Item> {
  /** Names the receiver. */
  readonly name: string;
  /** Is another text when the receiver has to be connected to anew. */
  readonly way: string;
  /** What the log says of the receiver. */
  readonly remarks: {
    readonly about: Readonly<Record<string, string>>;
    /** It cannot be reached. */
    readonly failing: string;
    /** It can be reached again. */
    readonly again: string;
  };
  /** Opens no connection yet: that is left to the first delivery. @param width connections that may be open at a time */
  connect(width: number): ReceiverConnection<I>;
  /** Takes up to `limit` items that are due, for this process alone until `until`. */
  lease(now: number, until: number, limit: number): Promise<readonly I[]>;
  /** The receiver has it. */
  received(item: I, now: number): Promise<void>;
  /** It is to be tried again at `next`. */
  postpone(item: I, next: number, setback: DeliveryFailure): Promise<void>;
  /** It is not to be tried again. */
  giveUp(item: I, now: number, setback: DeliveryFailure): Promise<void>;
  /** The delivery was broken off, or not begun. */
  giveBack(item: I): Promise<void>;
}
