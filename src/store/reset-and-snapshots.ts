/** Tables that a reset may keep. */
export const keepable = ['profileTypes', 'operators', 'webhooks'] as const;
export type KeptTable = (typeof keepable)[number];

/** A saved state of the database. */
export interface Snapshot {
  /** 1 to 64 letters, digits and `. _ -`, starting with a letter or digit. */
  readonly name: string;
  /** Milliseconds since 1970 by the clock of the machine. */
  readonly takenAt: number;
}

const snapshotName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Returns `name` if it is valid for a snapshot. @throws RangeError */
export function checkedSnapshotName(name: string): string {
  if (!snapshotName.test(name)) throw new RangeError(`'${name}' is not a valid name for a snapshot`);
  return name;
}

/** Resets a database and restores saved states, for example between two tests. */
export interface ResetAndSnapshots {
  /** Removes everything except `keep`, in one transaction. Ids are not reused afterwards. */
  clear(keep?: readonly KeptTable[]): Promise<void>;
  /** Saves the current state of the database. Replaces an earlier snapshot of the same name. */
  saveSnapshot(name: string): Promise<Snapshot>;
  /** Replaces the whole database by the snapshot, in one transaction. @returns whether the snapshot exists */
  restoreSnapshot(name: string): Promise<boolean>;
  /** Sorted by name. */
  snapshots(): Promise<readonly Snapshot[]>;
  /** @returns whether the snapshot existed */
  deleteSnapshot(name: string): Promise<boolean>;
}
