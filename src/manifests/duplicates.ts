import { problemIn } from './check-row.js';
import type { ManifestRow, RejectedRow, RowProblem } from './rows.js';
import { SeenValues } from './seen-values.js';

/** What no two rows of a file may have in common. */
const unique = ['eid', 'iccid', 'matchingId'] as const;

/** Finds the rows of a file that repeat what an earlier one has. */
export class Duplicates {
  readonly #seen = { eid: new SeenValues(), iccid: new SeenValues(), matchingId: new SeenValues() };

  /** The row, unless it repeats an earlier one. */
  check(row: ManifestRow): ManifestRow | RejectedRow {
    let problems: RowProblem[] | undefined;
    for (const field of unique) {
      const value = row[field];
      if (!value) continue;
      const earlier = this.#seen[field].firstLine(value, row.line);
      if (earlier === 0) continue;
      (problems ??= []).push(
        problemIn(row.source, field, {
          message: `stands on line ${earlier} already`,
          remedy: 'keep one of the two rows',
        }),
      );
    }
    return problems ? { line: row.line, problems, source: row.source } : row;
  }
}
