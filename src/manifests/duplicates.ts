import { problemIn } from './check-row.js';
import type { ManifestRow, RejectedRow, RowProblem } from './rows.js';
import { SeenValues } from './seen-values.js';

/** Fields whose values must be unique within a file. */
const unique = ['eid', 'iccid', 'matchingId'] as const;

/** Finds rows that repeat a unique value of an earlier row. */
export class Duplicates {
  readonly #seen = { eid: new SeenValues(), iccid: new SeenValues(), matchingId: new SeenValues() };

  /** Returns the row itself, or its rejection if it repeats an earlier row. */
  check(row: ManifestRow): ManifestRow | RejectedRow {
    let problems: RowProblem[] | undefined;
    for (const field of unique) {
      const value = row[field];
      if (!value) continue;
      const earlier = this.#seen[field].firstLine(value, row.line);
      if (earlier === 0) continue;
      (problems ??= []).push(
        problemIn(row.source, field, {
          message: `is already on line ${earlier}`,
          remedy: 'keep only one of the two rows',
        }),
      );
    }
    return problems ? { line: row.line, problems, source: row.source } : row;
  }
}
