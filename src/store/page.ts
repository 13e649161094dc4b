/** Maximum number of items on a page of a list. */
export const maxPageSize = 1000;

/** The id after which a page starts. @throws RangeError for a malformed cursor */
export function afterCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^[1-9][0-9]{0,14}$/.test(cursor))
    throw new RangeError('the cursor was not issued by a list of this server');
  return Number(cursor);
}

/** Returns `limit` if it is valid. @throws RangeError */
export function checkedLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxPageSize)
    throw new RangeError(`the limit must be 1 to ${maxPageSize}, but is ${limit}`);
  return limit;
}

/** Selects a page of a list, and the order of the list. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Default: oldest first. A cursor is valid only with the order of the list that issued it. */
  readonly newestFirst?: boolean | undefined;
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the next page. Absent on the last page. */
  readonly next?: string | undefined;
}
