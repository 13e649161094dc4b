/** The most that one page of a list holds. */
export const maxPageSize = 1000;

/** The id after which the page of this cursor begins. @throws RangeError unless it came from an earlier page */
export function afterCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^[1-9][0-9]{0,14}$/.test(cursor))
    throw new RangeError('the cursor is none that a list has answered with');
  return Number(cursor);
}

/** `limit`, if it is one. @throws RangeError */
export function checkedLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxPageSize)
    throw new RangeError(`the limit is ${limit} instead of 1 to ${maxPageSize}`);
  return limit;
}

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string | undefined;
}
