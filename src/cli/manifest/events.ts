import type { RowProblem, DetectedFormat } from '../../manifests/index.js';

export interface Counts {
  readonly rows: number;
  readonly added: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** A row that was not imported, with its problems and its text. */
export interface RejectedRow {
  readonly line: number;
  readonly problems: readonly RowProblem[];
  readonly source: readonly string[] | string;
}

/** A warning about correct rows. */
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

/** The events of an import. The server sends each as a JSON object on its own line. */
export type ImportEvent =
  | ({ readonly kind: 'understood' } & DetectedFormat)
  | { readonly kind: 'passedOver'; readonly names: readonly string[] }
  | { readonly kind: 'waiting' }
  | ({ readonly kind: 'rejected' } & RejectedRow)
  | ({ readonly kind: 'progress'; readonly octets: number } & Counts)
  | ({ readonly kind: 'done' } & Result)
  | { readonly kind: 'failed'; readonly problem: { readonly status: number } };
