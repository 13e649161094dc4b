import type { ManifestAnswer, RowWarning } from '../../api/index.js';
import type { RowProblem, DetectedFormat } from '../../manifests/index.js';

export type Counts = Pick<ManifestAnswer, 'rows' | 'added' | 'unchanged' | 'rejected'>;

/** A row that was not imported, with its problems and its text. */
export interface RejectedRow {
  readonly line: number;
  readonly problems: readonly RowProblem[];
  readonly source: readonly string[] | string;
}

export type Result = Counts &
  Pick<ManifestAnswer, 'outcome' | 'stoppedAfterLine'> & { readonly warnings?: readonly RowWarning[] };

/** The events of an import. The server sends each as a JSON object on its own line. */
export type ImportEvent =
  | ({ readonly kind: 'understood' } & DetectedFormat)
  | { readonly kind: 'passedOver'; readonly names: readonly string[] }
  | { readonly kind: 'waiting' }
  | ({ readonly kind: 'rejected' } & RejectedRow)
  | ({ readonly kind: 'progress'; readonly octets: number } & Counts)
  | ({ readonly kind: 'done' } & Result)
  | { readonly kind: 'failed'; readonly problem: { readonly status: number } };
