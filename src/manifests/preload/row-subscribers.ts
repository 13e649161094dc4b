import { inTurns } from '../../base/turns.js';
import { checkData, type PreparationContext } from '../../orders/prepare.js';
import type { PreparedType } from '../../orders/prepared-type.js';
import { ProfileRequestError } from '../../orders/profile-request.js';
import { iccidFromSequence } from '../../profiles/index.js';
import type { ImsiClaim, ImsiHolder } from '../../store/index.js';
import { holdersOfImsis, imsiTaken, problemIn, type ManifestRow, type RowProblem } from '../index.js';
import { columnOf } from '../subscribers/prepare-subscribers.js';
import type { ManifestColumn } from '../headings.js';
import { isOver } from './row-status.js';

/** The ICCID for checks of a row that names none. */
const anyIccid = iccidFromSequence(0);

/** Number of rows after which other requests get a turn. Making a package takes a fraction of a millisecond. */
const rowsPerTurn = 20;

/**
 * Checks the subscribers of rows: whether the profile type has a place for their data, and whether their IMSIs are free.
 *
 * @returns the first problem of each row that has one
 */
export async function subscriberProblems(
  { store }: Pick<PreparationContext, 'store'>,
  rows: readonly ManifestRow[],
  typeOf: (row: ManifestRow) => PreparedType,
): Promise<ReadonlyMap<ManifestRow, RowProblem>> {
  const problems = new Map<ManifestRow, RowProblem>();
  const some = rows.filter(({ subscriber }) => subscriber !== undefined);
  if (some.length === 0) return problems;
  const holders = await holdersOfImsis(
    store,
    some.flatMap(({ subscriber }) => subscriber?.imsi ?? []),
  );
  for await (const portion of inTurns(some, rowsPerTurn))
    for (const row of portion) {
      const misfit = misfitOf(row, typeOf(row));
      const holder = holders.get(row.subscriber?.imsi ?? '');
      const isTaken = holder !== undefined && !isFormerOrder(row, holder);
      if (misfit) problems.set(row, misfit);
      else if (isTaken) problems.set(row, problemIn(row.source, 'imsi', imsiTaken(holder)));
    }
  return problems;
}

/** Whether `holder` is an earlier order of the same device, and is over. A new order may then have the same IMSI. */
const isFormerOrder = (
  { eid }: Pick<ManifestRow, 'eid'>,
  holder: Pick<ImsiHolder, 'eid' | 'state' | 'installedState'>,
): boolean => holder.eid === eid && isOver(holder);

/** Claims the IMSI of a row's subscriber, because another request may take the IMSI after the row was checked. */
export function imsiClaimOf({ eid, subscriber }: ManifestRow): ImsiClaim | undefined {
  const imsi = subscriber?.imsi;
  return imsi === undefined ? undefined : { imsi, besides: (holder) => isFormerOrder({ eid }, holder) };
}

function misfitOf({ source, iccid = anyIccid, subscriber }: ManifestRow, type: PreparedType) {
  try {
    checkData(type, { iccid, metadata: null, personal: JSON.stringify(subscriber) });
    return undefined;
  } catch (error) {
    if (!(error instanceof ProfileRequestError)) throw error;
    const { field, message, remedy = 'correct it, or leave the cell empty' } = error.problems[0]!;
    return problemIn(source, columnOf(field) as ManifestColumn, { message, remedy });
  }
}
