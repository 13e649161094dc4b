import type { LuhnCheck } from '../../wire/rsp/index.js';
import type { RowWarning } from './row-warnings.js';
import type { Drawing, RejectedRow, DetectedFormat } from '../index.js';

/** Options of an import. */
export interface PreloadOptions {
  /** Default: the server detects the format from the start of the file. */
  readonly format?: 'csv' | 'ndjson' | undefined;
  /** Maximum number of lines. */
  readonly maxLines?: number | undefined;
  /** Whether the server only checks the file, and imports nothing. */
  readonly dryRun?: boolean | undefined;
  /** Whether the server skips invalid rows. If not, nothing is imported from a file with an invalid row. */
  readonly skipBadRows?: boolean | undefined;
  /** How to treat ICCIDs with a wrong check digit or with hex digits. Default: `strict`. */
  readonly luhn?: LuhnCheck | undefined;
  /** How the server draws the keys of subscribers without K. Default: such rows are wrong. */
  readonly drawing?: Drawing | undefined;
  /** The profile type of rows that name none. */
  readonly profileType?: string | undefined;
  /** The pool of rows that name none. */
  readonly pool?: string | undefined;
  /** The label of rows that have none. */
  readonly label?: string | undefined;
  /** Cancels the import. */
  readonly signal?: AbortSignal | undefined;
}

/** Number of rows, so far or in total. */
export interface PreloadCounts {
  readonly rows: number;
  /** New profiles. */
  readonly added: number;
  /** Rows whose profile already exists with the same values. */
  readonly unchanged: number;
  readonly rejected: number;
}

export interface PreloadResult extends PreloadCounts {
  /**
   * `refused`: rows were rejected, and nothing was imported. `checked`: a dry run found no error. `unchanged`: all profiles already
   * existed.
   */
  readonly outcome: 'imported' | 'unchanged' | 'refused' | 'checked';
  /** The line after which the server stopped reading, because it had rejected too many rows. */
  readonly stoppedAfterLine?: number | undefined;
  /** Remarks about valid rows. */
  readonly warnings: readonly RowWarning[];
}

/** Events of an import, in order. `understood` comes first, `done` last. */
export type PreloadEvent =
  | { readonly kind: 'understood'; readonly understood: DetectedFormat }
  /** NDJSON members that the import ignores. */
  | { readonly kind: 'passedOver'; readonly names: readonly string[] }
  /** Another import is running, so this import has to wait. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'rejected'; readonly row: RejectedRow }
  | { readonly kind: 'progress'; readonly counts: PreloadCounts; readonly octets: number }
  | { readonly kind: 'done'; readonly result: PreloadResult };

/** Without `skipBadRows`, the server stops reading after this number of rejected rows. */
export const mostRejected = 1000;
