/** How to read a long list. */
export interface Slicing {
  /** The id that the cursor names; 0: none. */
  readonly start: number;
  /** The highest id. */
  readonly last: number;
  readonly size: number;
  readonly newestFirst: boolean;
}

/** Ranges of ids to scan, each from above its first number up to its second. */
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
