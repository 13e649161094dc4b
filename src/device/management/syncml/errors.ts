/** A document is not valid SyncML. It gets no SyncML answer, because it may lack the MsgID that an answer refers to. */
export class SyncMlError extends Error {
  override readonly name = 'SyncMlError';

  constructor(
    message: string,
    /** Counted from 1. */
    readonly line: number,
    /** Counted from 1. */
    readonly column: number,
  ) {
    super(`line ${line}, column ${column}: ${message}`);
  }
}
