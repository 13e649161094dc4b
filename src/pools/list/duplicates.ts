import type { ListedCode } from './code-list.js';
import type { ListProblem } from './errors.js';

/** Codes that repeat an ICCID or a MatchingID of an earlier row. */
export function duplicates(codes: readonly ListedCode[]): ListProblem[] {
  const iccids = new Map<string, number>();
  const matchingIds = new Map<string, number>();
  return codes.flatMap(({ line, iccid, matchingId }) => [
    ...seen(iccids, line, iccid, { column: 1, field: 'iccid', name: 'the ICCID' }),
    // The case of these MatchingIDs does not matter, because they are hex numbers.
    ...seen(matchingIds, line, matchingId, { column: 2, field: 'matchingId', name: 'the MatchingID' }),
  ]);
}

interface Cell {
  readonly column: number;
  readonly field: 'iccid' | 'matchingId';
  readonly name: string;
}

function seen(
  lines: Map<string, number>,
  line: number,
  value: string,
  { column, field, name }: Cell,
): ListProblem[] {
  const key = value.toUpperCase();
  const first = lines.get(key);
  if (first === undefined) {
    lines.set(key, line);
    return [];
  }
  const message = `${name} is already on line ${first}`;
  return [{ line, column, field, value, message, remedy: 'remove one of the two rows' }];
}
