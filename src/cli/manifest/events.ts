import type { RowProblem, DetectedFormat } from '../../manifests/index.js';

export interface Counts {
  readonly rows: number;
  readonly added: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** A row that was left out, and the row itself. */
export interface RejectedRow {
  readonly line: number;
  readonly problems: readonly RowProblem[];
  readonly source: readonly string[] | string;
}

/** Something worth knowing about rows that are in order. */
export interface RowWarning {
  readonly field: string;
  readonly message: string;
  readonly remedy?: string;
  readonly rows: number;
  readonly lines: readonly number[];
}

export interface Result extends Counts {
  readonly outcome: 'imported' | 'unchanged' | 'refused' | 'checked';
  readonly stoppedAfterLine?: number;
  readonly warnings?: readonly RowWarning[];
}

/** What the server tells of an import while it is under way, one JSON object to a line. */
export type ImportEvent =
  | ({ readonly kind: 'understood' } & DetectedFormat)
  | { readonly kind: 'passedOver'; readonly names: readonly string[] }
  | { readonly kind: 'waiting' }
  | ({ readonly kind: 'rejected' } & RejectedRow)
  | ({ readonly kind: 'progress'; readonly octets: number } & Counts)
  | ({ readonly kind: 'done' } & Result)
  | { readonly kind: 'failed'; readonly problem: { readonly status: number } };
