import Type, { type TProperties, type TSchema } from 'typebox';
import { fieldProblem } from './problem.js';
import { viewFrom, type View } from './view.js';

/** An answer that lists all items at once. */
export const listView = <Source, Properties extends TProperties>(item: View<Source, Properties>) =>
  viewFrom<readonly Source[]>()((member) => ({
    items: member(Type.Array(item.schema), (sources) => sources.map(item.of)),
  }));

/** The answer of a call that removes items: their number. @param what the removed items, such as `profiles` */
export const removedView = (what: string) =>
  viewFrom<number>()((member) => ({
    removed: member(Type.Integer({ description: `number of removed ${what}` }), (count) => count),
  }));

/** Schema of an answer that lists one page. */
export const pageOf = <S extends TSchema>(item: S) =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: 'cursor of the next page; absent on the last page' })),
  });

/** Number of items on a page if the query has no `limit`. */
export const defaultLimit = 100;

/** `limit` in a query. */
export const limitMember = (maximum = 1000) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum,
      description: `a number from 1 to ${maximum}; default: ${defaultLimit}`,
    }),
  );

/** Query members of a call that returns a list in pages. */
export const pageMembers = {
  limit: limitMember(),
  cursor: Type.Optional(Type.String({ description: 'the value of next on the previous page' })),
};

/** The page that a query asks for. */
interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * Reads one page of a list.
 *
 * @param read reads the page; it throws RangeError for a cursor that this list did not issue
 * @throws Problem 400 for such a cursor
 */
export async function pageFrom<Item, View>(
  { cursor, limit = defaultLimit }: PageQuery,
  read: (page: { readonly cursor: string | undefined; readonly limit: number }) => Promise<{
    readonly items: readonly Item[];
    readonly next?: string | undefined;
  }>,
  view: (item: Item) => View | Promise<View>,
): Promise<{ items: View[]; next?: string }> {
  try {
    const { items, next } = await read({ cursor, limit });
    return { items: await Promise.all(items.map(view)), ...(next !== undefined && { next }) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw fieldProblem(
      'cursor',
      `'${cursor}' is not a cursor of this list`,
      'give the value of next on the previous page',
    );
  }
}
