/**
 * A document is not valid SyncML. The device cannot answer it with SyncML, because an answer must refer to a MsgID,
 * which the document may lack.
 */
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
