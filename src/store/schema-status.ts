/** The schema version of a database, and the version that this build needs. */
export interface SchemaStatus {
  /** Engine and place, without a password. */
  readonly description: string;
  /** Version of the tables; 0: there are no tables yet. */
  readonly version: number;
  /** The version that this build needs. */
  readonly current: number;
}
