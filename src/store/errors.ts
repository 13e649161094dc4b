/** What kind of failure a {@link StoreError} reports. */
export type StoreFailure =
  /** The setting names an engine or a place that this version can't use. */
  | 'unsupported'
  /** The native module of SQLite is missing, or was built for another version of Node. */
  | 'no-engine'
  /** The file can't be made, found or opened. */
  | 'unreachable'
  /** The file, its folder or its file system can't be written. */
  | 'read-only'
  /** The file is something else than a database of this program. */
  | 'foreign'
  /** The database was made by a newer version of this program. */
  | 'newer'
  /** `mock-smdp copy` has not finished filling the database. */
  | 'unfinished'
  /** The database contradicts itself. */
  | 'damaged'
  /** Another process kept the database locked for too long. */
  | 'locked'
  /** There is no space left. */
  | 'full'
  /** The store was closed before. */
  | 'closed'
  /** Any other error of the engine, given in `cause`. */
  | 'failed';

/** The database cannot do what was asked. The message says what is wrong, where, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** HTTP status for requests that need the database. The client may try again. */
  readonly statusCode = 503;
  constructor(
    readonly failure: StoreFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A profile cannot be created because a unique identifier is taken. */
export class DuplicateError extends Error {
  override readonly name = 'DuplicateError';
  constructor(
    readonly field: 'iccid' | 'matchingId',
    readonly value: string,
    /** Whether the identifier is taken in another namespace than the one of the new profile. */
    readonly isElsewhere = false,
  ) {
    super(`${field} '${value}' is in use already${isElsewhere ? ', in another namespace' : ''}`);
  }
}
