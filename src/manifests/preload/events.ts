import type { LuhnCheck } from '../../wire/rsp/index.js';
import type { RowWarning } from './row-warnings.js';
import type { RejectedRow, DetectedFormat } from '../index.js';

/** What an import is asked for with. */
export interface PreloadOptions {
  /** Default: as the file begins. */
  readonly format?: 'csv' | 'ndjson' | undefined;
  /** Lines that the file may have. */
  readonly maxLines?: number | undefined;
  /** Everything is checked, nothing is done. */
  readonly dryRun?: boolean | undefined;
  /** Rows that are wrong are left out; otherwise one of them keeps the whole file out. */
  readonly skipBadRows?: boolean | undefined;
  /** What is done about ICCIDs whose check digit does not hold, or that have hex digits; default: `strict`. */
  readonly luhn?: LuhnCheck | undefined;
  /** What rows that do not say otherwise have. */
  readonly profileType?: string | undefined;
  readonly pool?: string | undefined;
  readonly label?: string | undefined;
  /** Gives the import up. */
  readonly signal?: AbortSignal | undefined;
}

/** Rows so far, or altogether. */
export interface PreloadCounts {
  readonly rows: number;
  /** Profiles that are new. */
  readonly added: number;
  /** Rows whose profile is there already, just like that. */
  readonly unchanged: number;
  readonly rejected: number;
}

export interface PreloadResult extends PreloadCounts {
  /**
   * `refused`: there are rejected rows, and nothing was done; `checked`: a dry run that found nothing to refuse; `unchanged`:
   * there was nothing to add.
   */
  readonly outcome: 'imported' | 'unchanged' | 'refused' | 'checked';
  /** The line after which reading was given up, because too many rows before it are wrong. */
  readonly stoppedAfterLine?: number | undefined;
  /** What is worth knowing about the rows that are in order. */
  readonly warnings: readonly RowWarning[];
}

/** What happens during an import, as it happens: `understood` comes first, `done` last. */
export type PreloadEvent =
  | { readonly kind: 'understood'; readonly understood: DetectedFormat }
  | { readonly kind: 'passedOver'; readonly names: readonly string[] }
  /** Another import is under way, and this one waits for its turn. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'rejected'; readonly row: RejectedRow }
  | { readonly kind: 'progress'; readonly counts: PreloadCounts; readonly octets: number }
  | { readonly kind: 'done'; readonly result: PreloadResult };

/** Rejected rows after which a file that is to be imported wholly is not read any further. */
export const mostRejected = 1000;
