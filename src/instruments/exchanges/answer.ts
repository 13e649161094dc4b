/** An HTTP answer to be sent. */
export interface Answer {
  readonly status: number;
  /** All header fields except Content-Length, Transfer-Encoding and Connection. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for an answer without a body. */
  readonly body: Buffer;
  /** How to send the answer. Absent: in the usual way. */
  readonly delivery?: Delivery | undefined;
}

/** Unusual ways of sending an answer. */
export interface Delivery {
  /**
   * Octets per piece of the body. A piece is a chunk if `chunked` is true, and otherwise one write. Default: the whole
   * body.
   */
  readonly pieces?: number | undefined;
  /** Sends the body with `Transfer-Encoding: chunked`. */
  readonly chunked?: boolean | undefined;
  /** Milliseconds between two pieces. */
  readonly pause?: number | undefined;
  /** Closes the connection after the answer, and announces this in the Connection header. */
  readonly close?: boolean | undefined;
  /** Ends the connection before the answer is complete: `close` sends a FIN, `reset` an RST. */
  readonly cut?: 'close' | 'reset' | undefined;
  /** Octets of the body to send before the cut. Absent: send nothing, not even headers. */
  readonly cutAfter?: number | undefined;
}

/** Raised by an interceptor to stop a request before its function handles it. Carries the answer to send instead. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  constructor(
    /** @param headers the header fields that every answer has */
    readonly answerWith: (headers: Answer['headers']) => Answer,
  ) {
    super('request interrupted on purpose');
  }
}
