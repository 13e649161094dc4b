import {
  ManifestError,
  subscriberInRow,
  type Drawing,
  type SubscriberColumn,
} from '../../manifests/index.js';
import { subscriberSecrets } from '../../profiles/index.js';
import type { LuhnCheck } from '../../wire/rsp/index.js';
import type { ListedCode } from './code-list.js';
import { codeRowProblems } from './code-row.js';
import { CodeListError, shortened, type ListProblem } from './errors.js';
import { rowByColumn, type CodeColumn, type SubscriberHeader } from './subscriber-header.js';

/** A row of a list with subscribers. */
export interface ReadSubscriberRow {
  /** Absent if something is wrong. */
  readonly code?: ListedCode;
  readonly problems: readonly ListProblem[];
}

const secrets: ReadonlySet<string> = new Set(subscriberSecrets);

/** Reads a row of a list with subscribers. ICCID and MatchingID follow the same rules as in every list. */
export function readSubscriberRow(
  row: string,
  line: number,
  header: SubscriberHeader,
  { luhn, drawing }: { readonly luhn: LuhnCheck; readonly drawing: Drawing },
): ReadSubscriberRow {
  const { columnOf } = header;
  let cells: ReadonlyMap<CodeColumn, string>;
  try {
    cells = rowByColumn(row, line, header);
  } catch (error) {
    return { problems: problemsOf(error, line) };
  }
  const [iccid = '', matchingId = ''] = [cells.get('iccid'), cells.get('matchingId')];
  const ofSubscriber = [...cells].filter(([column]) => column !== 'iccid' && column !== 'matchingId');
  const { subscriber, problems } = subscriberInRow(
    ofSubscriber as (readonly [SubscriberColumn, string])[],
    drawing,
  );
  const found: ListProblem[] = [
    ...codeRowProblems(`${iccid},${matchingId}`, line, luhn).map((problem) => ({
      ...problem,
      column: columnOf.get(problem.field),
    })),
    ...problems.map(({ field, message, remedy }) => {
      const value = secrets.has(field) ? undefined : cells.get(field);
      return {
        ...{ line, column: columnOf.get(field), field, message, remedy },
        ...(value !== undefined && { value: shortened(value) }),
      };
    }),
  ];
  if (found.length > 0) return { problems: found };
  const code = { line, iccid, matchingId, columnOf };
  return { code: ofSubscriber.length === 0 ? code : { ...code, subscriber }, problems: [] };
}

function problemsOf(error: unknown, line: number): readonly ListProblem[] {
  if (error instanceof CodeListError) return error.problems;
  if (!(error instanceof ManifestError)) throw error;
  const { problem: message, remedy, place } = error;
  return [{ line, column: place.column, field: 'row', message, remedy }];
}
