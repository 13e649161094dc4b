import { problemIn, type ManifestField, type ManifestRow, type RowProblem } from '../../manifests/index.js';
import type { NewProfile, Profile } from '../../store/index.js';

/** How a row stands to what there is: it asks for something new, for what is there already, or for the impossible. */
export type Standing = 'new' | 'unchanged' | RowProblem;

/** A profile about to be ordered; without an ICCID where the next free one will do. */
export type Draft = Omit<NewProfile, 'iccid'> & { readonly iccid?: string | undefined };

/**
 * Whether the order of a row is there already, or something that keeps it from being made.
 *
 * @param order what the row asks for
 * @param inTheWay profiles that have the EID and MatchingID, the MatchingID or the ICCID of the row
 */
export function standing(row: ManifestRow, order: Draft, inTheWay: readonly Profile[]): Standing {
  if (inTheWay.length === 0) return 'new';
  const isNamed = row.iccid !== undefined || row.matchingId !== '';
  const forEid = inTheWay.filter(({ eid, matchingId }) => eid === row.eid && matchingId === row.matchingId);
  const counting = isNamed ? forEid : forEid.filter((profile) => !isOver(profile));
  if (counting.some((profile) => differences(order, profile).length === 0)) return 'unchanged';
  const pending = forEid.find((profile) => !isOver(profile));
  if (pending) return problemIn(row.source, 'eid', ordered(pending, differences(order, pending)));
  if (row.matchingId !== '' && inTheWay.some(({ matchingId }) => matchingId === row.matchingId))
    return problemIn(row.source, 'matchingId', taken);
  if (order.iccid !== undefined && !order.sharedIccid && inTheWay.some(({ iccid }) => iccid === order.iccid))
    return problemIn(row.source, 'iccid', taken);
  return 'new';
}

/** An order of which nothing more will come: its device may be given another. */
const isOver = ({ state, installedState }: Profile): boolean =>
  state === 'Error' || state === 'Unavailable' || installedState === 'deleted';

const compared = ['iccid', 'profileType', 'label', 'pool', 'imei'] as const;

function differences(order: Draft, profile: Profile): ManifestField[] {
  const different: ManifestField[] = compared.filter((member) =>
    member === 'iccid'
      ? order.iccid !== undefined && order.iccid !== profile.iccid
      : (order[member] ?? null) !== profile[member],
  );
  const code = order.confirmationCodeHash ?? Buffer.alloc(0);
  if (!code.equals(profile.confirmationCodeHash ?? Buffer.alloc(0))) different.push('confirmationCode');
  return different;
}

const ordered = ({ iccid, state }: Profile, different: readonly string[]) => ({
  message: `a profile is ordered for it already, ICCID ${iccid}, ${state}, with another ${different.join(', ')}`,
  remedy: 'remove the row, or cancel that profile first',
});

const taken = {
  message: 'another profile has it already',
  remedy: 'give another, or leave the cell empty',
};
