import type { Subscriber } from '../../profiles/index.js';
import { isWrong, readSubscriberCell } from './cell.js';
import type { SubscriberColumn } from './columns.js';
import { incompleteIdentity, withKeys, type Drawing, type MemberProblem } from './keys.js';

/** The data of a subscriber in a row of a manifest or pool, with drawn keys. */
export interface SubscriberInRow {
  readonly subscriber: Subscriber;
  readonly problems: readonly MemberProblem[];
}

/** Reads the cells of a row that belong to its subscriber. */
export function subscriberInRow(
  cells: Iterable<readonly [column: SubscriberColumn, text: string]>,
  drawing: Drawing,
): SubscriberInRow {
  const given: Record<string, unknown> = {};
  const wrong: MemberProblem[] = [];
  for (const [field, text] of cells) {
    const cell = readSubscriberCell(field, text);
    // A member with a wrong value counts as given, so that no error says that the row lacks it.
    given[field] = isWrong(cell) ? '' : cell.value;
    if (isWrong(cell)) wrong.push({ field, message: cell.message, remedy: cell.remedy });
  }
  if (wrong.length > 0) return { subscriber: {}, problems: wrong };
  const subscriber = withKeys(given, drawing);
  return { subscriber, problems: [...incompleteIdentity(subscriber)] };
}
