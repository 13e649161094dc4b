/** How to read a long list. */
export interface Slicing {
  /** The id of the cursor. 0: no cursor. */
  readonly start: number;
  /** The highest id. */
  readonly last: number;
  readonly size: number;
  readonly newestFirst: boolean;
}

/** Ranges of ids to scan. A range begins after its first number and ends with its second number. */
export function* slices({
  start,
  last,
  size,
  newestFirst,
}: Slicing): Generator<[above: number, upTo: number], void> {
  if (newestFirst) {
    const first = start === 0 ? last : Math.min(start - 1, last);
    for (let upTo = first; upTo > 0; upTo -= size) yield [Math.max(upTo - size, 0), upTo];
  } else {
    for (let above = start; above < last; above += size) yield [above, above + size];
  }
}
