import { problemIn } from './check-row.js';
import type { ManifestColumn } from './headings.js';
import type { ManifestRow, RejectedRow, RowProblem } from './rows.js';
import { SeenValues } from './seen-values.js';

/** Fields whose values must be unique within a file. */
const unique = ['eid', 'iccid', 'matchingId'] as const;

/** Finds rows that repeat a unique value of an earlier row. */
export class Duplicates {
  readonly #seen = { eid: new SeenValues(), iccid: new SeenValues(), matchingId: new SeenValues() };

  /** Created at the first row with an IMSI, because most manifests have no IMSIs. */
  #imsis: SeenValues | undefined;

  /** Returns the row itself, or its rejection if it repeats an earlier row. */
  check(row: ManifestRow): ManifestRow | RejectedRow {
    let problems: RowProblem[] | undefined;
    for (const field of unique) {
      const value = row[field];
      if (!value) continue;
      const earlier = this.#seen[field].firstLine(value, row.line);
      if (earlier !== 0) (problems ??= []).push(repeated(row, field, earlier));
    }
    const imsi = row.subscriber?.imsi;
    const earlier = imsi === undefined ? 0 : (this.#imsis ??= new SeenValues()).firstLine(imsi, row.line);
    if (earlier !== 0) (problems ??= []).push(repeated(row, 'imsi', earlier));
    return problems ? { line: row.line, problems, source: row.source } : row;
  }
}

const repeated = ({ source }: ManifestRow, field: ManifestColumn, earlier: number): RowProblem =>
  problemIn(source, field, {
    message: `is already on line ${earlier}`,
    remedy: 'keep only one of the two rows',
  });
