/** What goes out on HTTP. */
export interface Answer {
  readonly status: number;
  /** All but those that say how long the body is, and how it is sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: an answer without a body. */
  readonly body: Buffer;
  /** Absent: as servers do. */
  readonly delivery?: Delivery | undefined;
}

/** Unusual ways of sending an answer. */
export interface Delivery {
  /** Octets per chunk of a chunked body, or per write where `chunked` is false. Default: all at once. */
  readonly pieces?: number | undefined;
  /** Sends the body with `Transfer-Encoding: chunked`. */
  readonly chunked?: boolean | undefined;
  /** Milliseconds between two pieces. */
  readonly pause?: number | undefined;
  /** Closes the connection after the answer, and says so in its header. */
  readonly close?: boolean | undefined;
  /** Ends the connection before the answer is complete: in order (FIN), or not (RST). */
  readonly cut?: 'close' | 'reset' | undefined;
  /** Octets of the body that still go out before the cut; absent: not even a header. */
  readonly cutAfter?: number | undefined;
}

/** Stops a request before it is handled: what goes out in the place of an answer. Raised by interceptors. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  constructor(
    /** @param headers those that every answer has */
    readonly answerWith: (headers: Answer['headers']) => Answer,
  ) {
    super('request interrupted on purpose');
  }
}
