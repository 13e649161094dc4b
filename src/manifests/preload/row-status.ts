import { subscriberOf } from '../../orders/index.js';
import { subscriberDifferences } from '../../profiles/index.js';
import { problemIn, type ManifestRow, type RowProblem } from '../index.js';
import type { NewProfile, ConflictingProfile } from '../../store/index.js';
import type { Order } from './order.js';

/** Whether a row is new, already imported, or in conflict. */
export type RowStatus = 'new' | 'unchanged' | RowProblem;

/**
 * Compares the order of a row with the existing profiles.
 *
 * @param conflicting profiles with the row's ICCID, with its MatchingID, or with both its EID and its (possibly empty) MatchingID
 */
export function compareWithProfiles(
  { row, profile: order, needsIccid }: Order,
  conflicting: readonly ConflictingProfile[],
): RowStatus {
  if (conflicting.length === 0) return 'new';
  const isNamed = row.iccid !== undefined || row.matchingId !== '';
  const forEid = conflicting.filter(
    ({ eid, matchingId }) => eid === row.eid && matchingId === row.matchingId,
  );
  const counting = isNamed ? forEid : forEid.filter((profile) => !isOver(profile));
  if (counting.some((profile) => differences(row, order, profile).length === 0)) return 'unchanged';
  const pending = forEid.find((profile) => !isOver(profile));
  if (pending) return problemIn(row.source, 'eid', ordered(pending, differences(row, order, pending)));
  if (row.matchingId !== '' && conflicting.some(({ matchingId }) => matchingId === row.matchingId))
    return problemIn(row.source, 'matchingId', taken);
  if (!needsIccid && !order.sharedIccid && conflicting.some(({ iccid }) => iccid === order.iccid))
    return problemIn(row.source, 'iccid', taken);
  return 'new';
}

/** Whether an order is finished, so that its device may get a new order. */
export const isOver = ({
  state,
  installedState,
}: Pick<ConflictingProfile, 'state' | 'installedState'>): boolean =>
  state === 'Error' || state === 'Unavailable' || installedState === 'deleted';

const compared = ['iccid', 'profileType', 'label', 'pool', 'imei'] as const;

function differences(row: ManifestRow, order: NewProfile, profile: ConflictingProfile): string[] {
  const different: string[] = compared.filter((member) =>
    member === 'iccid'
      ? row.iccid !== undefined && row.iccid !== profile.iccid
      : (order[member] ?? null) !== profile[member],
  );
  const code = order.confirmationCodeHash ?? Buffer.alloc(0);
  if (!code.equals(profile.confirmationCodeHash ?? Buffer.alloc(0))) different.push('confirmationCode');
  if (row.subscriber !== undefined || profile.personal !== null)
    different.push(...subscriberDifferences(row.subscriber, subscriberOf(profile)));
  return different;
}

const ordered = ({ iccid, state }: ConflictingProfile, different: readonly string[]) => ({
  message: `the device already has an order (ICCID ${iccid}, ${state}) with a different ${different.join(', ')}`,
  remedy: 'remove the row, or delete that profile first (DELETE /api/v1/profiles/{iccid})',
});

const taken = {
  message: 'another profile already has this value',
  remedy: 'give another value, or leave the cell empty',
};
