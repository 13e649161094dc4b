/** What kind of failure a {@link StoreError} reports. */
export type StoreFailure =
  /** The setting names an engine or a place that this version cannot use. */
  | 'unsupported'
  /** The setting names a database that must exist, but does not. */
  | 'missing'
  /** The native module of SQLite is missing, or was built for another version of Node. */
  | 'no-engine'
  /** The file cannot be created, found or opened. */
  | 'unreachable'
  /** The file, its folder or its file system cannot be written. */
  | 'read-only'
  /** The file is not a database of this program. */
  | 'foreign'
  /** A newer version of this program made the database. */
  | 'newer'
  /** `mock-smdp copy` has not finished filling the database. */
  | 'unfinished'
  /** The database contradicts itself. */
  | 'damaged'
  /** Another process kept the database locked for too long. */
  | 'locked'
  /** There is no space left. */
  | 'full'
  /** The store is closed. */
  | 'closed'
  /** Any other error of the engine, given in `cause`. */
  | 'failed';

/** The database cannot carry out an operation. The message says what is wrong, where, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** HTTP status of the answer to a request that needs the database. The client may try again. */
  readonly statusCode = 503;
  constructor(
    readonly failure: StoreFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A profile cannot be created because an identifier is taken that must be unique. */
export class DuplicateError extends Error {
  override readonly name = 'DuplicateError';
  constructor(
    readonly field: 'iccid' | 'matchingId' | 'imsi',
    readonly value: string,
    /** Whether a profile in another namespace has the identifier. */
    readonly isElsewhere = false,
  ) {
    super(`${field} '${value}' is already in use${isElsewhere ? ', in another namespace' : ''}`);
  }
}
