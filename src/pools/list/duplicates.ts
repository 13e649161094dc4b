import type { ListedCode } from './code-list.js';
import type { ListProblem } from './errors.js';

/** Codes that repeat an ICCID or a MatchingID of an earlier row. */
export function duplicates(codes: readonly ListedCode[]): ListProblem[] {
  const iccids = new Map<string, number>();
  const matchingIds = new Map<string, number>();
  const imsis = new Map<string, number>();
  return codes.flatMap(({ line, iccid, matchingId, subscriber, columnOf }) => [
    ...seen(iccids, line, iccid, { column: columnOf?.get('iccid') ?? 1, field: 'iccid', name: 'the ICCID' }),
    // The case of these MatchingIDs does not matter, because they are hex numbers.
    ...seen(matchingIds, line, matchingId, {
      ...{ column: columnOf?.get('matchingId') ?? 2, field: 'matchingId', name: 'the MatchingID' },
    }),
    ...(subscriber?.imsi === undefined
      ? []
      : seen(imsis, line, subscriber.imsi, {
          column: columnOf?.get('imsi'),
          field: 'imsi',
          name: 'the IMSI',
        })),
  ]);
}

interface Cell {
  readonly column: number | undefined;
  readonly field: 'iccid' | 'matchingId' | 'imsi';
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
