import type { Subscriber } from '../profiles/index.js';
import type { ManifestColumn } from './headings.js';
import type { DetectedFormat } from './detected-format.js';

/** A row of the file, before any check. */
export interface SourceRow {
  /** Line where the row starts, counted from 1. */
  readonly line: number;
  /** The value of each field. Empty values are absent. */
  readonly values: Readonly<Partial<Record<ManifestColumn, string>>>;
  /** Column of each field, counted from 1. Absent for formats without columns. */
  readonly columnOf?: Readonly<Partial<Record<ManifestColumn, number>>> | undefined;
  /** The row as it is in the file: its cells, or the text of its line. */
  readonly source: readonly string[] | string;
  /** Why the row could not be parsed. */
  readonly problem?: RowProblem | undefined;
}

/** Parses the text of a file into rows while it arrives. */
export interface RowReader {
  /** The detected format. `undefined` until it is known. */
  readonly understood: Omit<DetectedFormat, 'encoding'> | undefined;
  /** The names of the NDJSON members that were ignored so far. */
  readonly unknownNames: readonly string[];
  /** Returns the rows that this text completes. @throws ManifestError */
  write(text: string): SourceRow[];
  /** Returns the last row, if any. @throws ManifestError */
  end(): SourceRow[];
}

/** A valid row. */
export interface ManifestRow {
  readonly line: number;
  /** 32 digits with valid check digits. */
  readonly eid: string;
  /** 18 to 20 digits. The check digit may be wrong if the import does not check it. */
  readonly iccid?: string | undefined;
  /** Empty if the server is to find the order by EID. */
  readonly matchingId: string;
  readonly profileType?: string | undefined;
  readonly confirmationCode?: string | undefined;
  readonly label?: string | undefined;
  readonly pool?: string | undefined;
  /** 14 to 16 digits. */
  readonly imei?: string | undefined;
  /** Data of the row's subscriber, with drawn keys. Absent: the profile has the data of its type. */
  readonly subscriber?: Subscriber | undefined;
  readonly source: SourceRow;
}

/** One problem with a row. */
export interface RowProblem {
  /** The field with the problem, or `row` if the problem concerns the row as a whole. */
  readonly field: ManifestColumn | 'row';
  /** Counted from 1. Absent for formats without columns. */
  readonly column?: number | undefined;
  /** The value in the file, shortened. Omitted for secrets. */
  readonly value?: string | undefined;
  /** What is wrong. */
  readonly message: string;
  /** What the user can do. */
  readonly remedy: string;
}

/** An invalid row with all its problems. */
export interface RejectedRow {
  readonly line: number;
  readonly problems: readonly RowProblem[];
  readonly source: SourceRow;
}

/** `column 2, iccid '8988…': what is wrong; what to do about it`. */
export function problemText({ field, column, value, message, remedy }: RowProblem): string {
  const where = column === undefined ? '' : `column ${column}, `;
  const what = value === undefined ? field : `${field} '${value}'`;
  return `${where}${what}: ${message}; ${remedy}`;
}
