/** What may stay when everything else goes. */
export const keepable = ['profileTypes', 'operators'] as const;
export type KeptTable = (typeof keepable)[number];

/** The state of a database that was kept under a name. */
export interface Snapshot {
  /** 1 to 64 letters, digits and `. _ -`, a letter or digit first. */
  readonly name: string;
  /** By the clock of the machine, milliseconds since 1970. */
  readonly takenAt: number;
}

/** Puts a database back, as between two tests. */
export interface ResetAndSnapshots {
  /** Removes everything but what is to stay, in one transaction. Ids of what comes later are new ones all the same. */
  clear(keep?: readonly KeptTable[]): Promise<void>;
  /** Keeps everything that is in the database now, in place of an earlier snapshot of the name. */
  saveSnapshot(name: string): Promise<Snapshot>;
  /** Replaces everything by what the snapshot holds, in one transaction. Whether there is such a snapshot. */
  restoreSnapshot(name: string): Promise<boolean>;
  /** By name. */
  snapshots(): Promise<readonly Snapshot[]>;
  /** Whether there was one. */
  deleteSnapshot(name: string): Promise<boolean>;
}
