import { problemIn, type ManifestField, type ManifestRow, type RowProblem } from '../index.js';
import type { NewProfile, ConflictingProfile } from '../../store/index.js';
import type { Order } from './order.js';

/** How a row stands to what there is: it asks for something new, for what is there already, or for the impossible. */
export type RowStatus = 'new' | 'unchanged' | RowProblem;

/**
 * Whether the order of a row is there already, or something that keeps it from being made.
 *
 * @param inTheWay profiles that have the EID and MatchingID, the MatchingID or the ICCID of the row
 */
export function rowStatusOf(
  { row, profile: order, needsIccid }: Order,
  inTheWay: readonly ConflictingProfile[],
): RowStatus {
  if (inTheWay.length === 0) return 'new';
  const isNamed = row.iccid !== undefined || row.matchingId !== '';
  const forEid = inTheWay.filter(({ eid, matchingId }) => eid === row.eid && matchingId === row.matchingId);
  const counting = isNamed ? forEid : forEid.filter((profile) => !isOver(profile));
  if (counting.some((profile) => differences(row, order, profile).length === 0)) return 'unchanged';
  const pending = forEid.find((profile) => !isOver(profile));
  if (pending) return problemIn(row.source, 'eid', ordered(pending, differences(row, order, pending)));
  if (row.matchingId !== '' && inTheWay.some(({ matchingId }) => matchingId === row.matchingId))
    return problemIn(row.source, 'matchingId', taken);
  if (!needsIccid && !order.sharedIccid && inTheWay.some(({ iccid }) => iccid === order.iccid))
    return problemIn(row.source, 'iccid', taken);
  return 'new';
}

/** An order of which nothing more will come: its device may be given another. */
const isOver = ({ state, installedState }: ConflictingProfile): boolean =>
  state === 'Error' || state === 'Unavailable' || installedState === 'deleted';

const compared = ['iccid', 'profileType', 'label', 'pool', 'imei'] as const;

function differences(row: ManifestRow, order: NewProfile, profile: ConflictingProfile): ManifestField[] {
  const different: ManifestField[] = compared.filter((member) =>
    member === 'iccid'
      ? row.iccid !== undefined && row.iccid !== profile.iccid
      : (order[member] ?? null) !== profile[member],
  );
  const code = order.confirmationCodeHash ?? Buffer.alloc(0);
  if (!code.equals(profile.confirmationCodeHash ?? Buffer.alloc(0))) different.push('confirmationCode');
  return different;
}

const ordered = ({ iccid, state }: ConflictingProfile, different: readonly string[]) => ({
  message: `a profile is ordered for it already, ICCID ${iccid}, ${state}, with another ${different.join(', ')}`,
  remedy: 'remove the row, or delete that profile first (DELETE /api/v1/profiles/{iccid})',
});

const taken = {
  message: 'another profile has it already',
  remedy: 'give another, or leave the cell empty',
};
