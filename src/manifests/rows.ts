import type { ManifestField } from './fields.js';
import type { DetectedFormat } from './understood.js';

/** A row as it stands in the file. */
export interface SourceRow {
  /** Line on which it begins, counted from 1. */
  readonly line: number;
  /** What it says under each field; empty values are absent. */
  readonly values: Readonly<Partial<Record<ManifestField, string>>>;
  /** Column of each field, counted from 1; absent where there are no columns. */
  readonly columnOf?: Readonly<Partial<Record<ManifestField, number>>> | undefined;
  /** The row itself, to be written out again: its cells, or the text of its line. */
  readonly source: readonly string[] | string;
  /** What made reading it impossible. */
  readonly fault?: RowProblem | undefined;
}

/** Makes rows of the text of a file as it arrives. */
export interface RowReader {
  /** How the file is understood, once that is known. */
  readonly understood: Omit<DetectedFormat, 'encoding'> | undefined;
  /** Names of values that are passed over, where a row may bring new ones. */
  readonly passedOver: readonly string[];
  /** The rows that are complete with this text. @throws ManifestError */
  write(text: string): SourceRow[];
  /** The row that the end of the file completes, if any. @throws ManifestError */
  end(): SourceRow[];
}

/** A row whose values have the right form: profiles can be ordered from it. */
export interface ManifestRow {
  readonly line: number;
  /** 32 digits whose check digits hold. */
  readonly eid: string;
  /** 18 to 20 digits whose check digit holds, unless that was not asked for. */
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

/** One thing that is wrong with a row. */
export interface RowProblem {
  /** The field, or `row` for the row as a whole. */
  readonly field: ManifestField | 'row';
  /** Counted from 1; absent where there are no columns. */
  readonly column?: number | undefined;
  /** What stands there, shortened; absent for what is nobody's business. */
  readonly value?: string | undefined;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A row from which no profile can be ordered, and everything that is wrong with it. */
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
