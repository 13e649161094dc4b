import type { ManifestField } from './fields.js';
import type { DetectedFormat } from './detected-format.js';

/** A row of the file, not checked yet. */
export interface SourceRow {
  /** Line where the row starts, counted from 1. */
  readonly line: number;
  /** The value of each field. Empty values are absent. */
  readonly values: Readonly<Partial<Record<ManifestField, string>>>;
  /** Column of each field, counted from 1. Absent for formats without columns. */
  readonly columnOf?: Readonly<Partial<Record<ManifestField, number>>> | undefined;
  /** The original row, to write it out again: its cells, or the text of its line. */
  readonly source: readonly string[] | string;
  /** Why the row could not be parsed. */
  readonly problem?: RowProblem | undefined;
}

/** Parses the text of a file into rows while it arrives. */
export interface RowReader {
  /** The detected format, once known. */
  readonly understood: Omit<DetectedFormat, 'encoding'> | undefined;
  /** Names of values that were ignored so far. */
  readonly unknownNames: readonly string[];
  /** Returns the rows that this text completes. @throws ManifestError */
  write(text: string): SourceRow[];
  /** Returns the last row, if any. @throws ManifestError */
  end(): SourceRow[];
}

/** A valid row. A profile can be ordered from it. */
export interface ManifestRow {
  readonly line: number;
  /** 32 digits with valid check digits. */
  readonly eid: string;
  /** 18 to 20 digits. The check digit is valid if the import checks it. */
  readonly iccid?: string | undefined;
  /** Empty for look-up by EID. */
  readonly matchingId: string;
  readonly profileType?: string | undefined;
  readonly confirmationCode?: string | undefined;
  readonly label?: string | undefined;
  readonly pool?: string | undefined;
  /** 14 to 16 digits. */
  readonly imei?: string | undefined;
  readonly source: SourceRow;
}

/** One problem with a row. */
export interface RowProblem {
  /** The field, or `row` for the row as a whole. */
  readonly field: ManifestField | 'row';
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
