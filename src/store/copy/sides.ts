import type { Row } from './rows.js';
import type { CopiedTable } from './tables.js';

/** A database whose rows can be read in portions. All reads see the same state. */
export interface CopySource {
  /** Engine and place, without a password. */
  readonly description: string;
  count(table: CopiedTable): Promise<number>;
  /** The next rows after the key `after`, in the order of their keys. Empty: there are no further rows. */
  rows(table: CopiedTable, after: Row | undefined): Promise<readonly Row[]>;
  /** For each numbered table, by its name: the highest number that the table has assigned. */
  lastNumbers(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** The progress of copying one table. */
export interface TableProgress {
  readonly rows: number;
  readonly checksum: string;
  /** Key of the last copied row, as text. */
  readonly lastKey: string;
}

/** The progress of a copy, as stored in its unfinished target. */
export interface CopyProgress {
  /** Description of the source. */
  readonly source: string;
  readonly tables: Readonly<Record<string, TableProgress>>;
}

/**
 * A database that receives a copy. While the copy is unfinished, the database has the table `unfinished_copy`, and no server starts on it.
 * One transaction writes a portion of rows and the new progress.
 */
export interface CopyTarget extends CopySource {
  /** Absent: there is no unfinished copy. */
  progress(): Promise<CopyProgress | undefined>;
  /** Marks the database as an unfinished copy. @returns whether a server has the database open */
  begin(progress: CopyProgress): Promise<{ readonly isInUse: boolean }>;
  /** Removes the mark, if nothing has been copied yet. */
  abandon(): Promise<void>;
  add(table: CopiedTable, rows: readonly Row[], progress: CopyProgress): Promise<void>;
  /** Removes the mark. New rows then get numbers after the last numbers of the source. */
  finish(lastNumbers: Readonly<Record<string, number>>): Promise<void>;
}

export interface SourceOptions {
  /** Whether to read the database although a server is using it. */
  readonly whileRunning: boolean;
}

export interface TargetOptions {
  /** Whether to discard an unfinished copy. */
  readonly restart: boolean;
}
