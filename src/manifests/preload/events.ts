import type { LuhnCheck } from '../../wire/rsp/index.js';
import type { RowWarning } from './row-warnings.js';
import type { RejectedRow, DetectedFormat } from '../index.js';

/** Options of an import. */
export interface PreloadOptions {
  /** Default: detected from the start of the file. */
  readonly format?: 'csv' | 'ndjson' | undefined;
  /** Maximum number of lines. */
  readonly maxLines?: number | undefined;
  /** Checks everything, but imports nothing. */
  readonly dryRun?: boolean | undefined;
  /** Skips invalid rows. Otherwise one invalid row stops the whole import. */
  readonly skipBadRows?: boolean | undefined;
  /** How to treat ICCIDs with a wrong check digit or with hex digits. Default: `strict`. */
  readonly luhn?: LuhnCheck | undefined;
  /** These three are defaults for rows without a value of their own. */
  readonly profileType?: string | undefined;
  readonly pool?: string | undefined;
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
  /** Line where reading stopped because too many rows were rejected. */
  readonly stoppedAfterLine?: number | undefined;
  /** Remarks about valid rows. */
  readonly warnings: readonly RowWarning[];
}

/** Events of an import, in order. `understood` comes first, `done` last. */
export type PreloadEvent =
  | { readonly kind: 'understood'; readonly understood: DetectedFormat }
  | { readonly kind: 'passedOver'; readonly names: readonly string[] }
  /** Another import is running. This one waits for its turn. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'rejected'; readonly row: RejectedRow }
  | { readonly kind: 'progress'; readonly counts: PreloadCounts; readonly octets: number }
  | { readonly kind: 'done'; readonly result: PreloadResult };

/** Without `skipBadRows`, reading stops after this many rejected rows. */
export const mostRejected = 1000;
