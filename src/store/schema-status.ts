/** The schema of a database, beside the one that this build works with. */
export interface SchemaStatus {
  /** Engine and place, without a password. */
  readonly description: string;
  /** Version of the tables; 0: there are no tables yet. */
  readonly version: number;
  /** The version that this build works with. */
  readonly current: number;
}
