import { noNamespace } from '../base/namespace.js';
import { DuplicateError } from './errors.js';
import type { ImsiHolder, NewProfile } from './records.js';

type Claimant = Pick<NewProfile, 'namespace' | 'imsiClaim'>;

/** The IMSIs that the profiles claim, each once. */
export const claimedImsis = (profiles: readonly Claimant[]): readonly string[] => [
  ...new Set(profiles.flatMap(({ imsiClaim }) => imsiClaim?.imsi ?? [])),
];

/**
 * For each profile, an error if another profile of its namespace has the IMSI that this profile claims, otherwise `undefined`.
 *
 * @param holders all profiles that have one of the claimed IMSIs
 */
export function lostClaims(
  profiles: readonly Claimant[],
  holders: readonly ImsiHolder[],
): readonly (DuplicateError | undefined)[] {
  const byImsi = new Map<string, ImsiHolder[]>();
  for (const holder of holders) byImsi.set(holder.imsi, [...(byImsi.get(holder.imsi) ?? []), holder]);
  return profiles.map(({ namespace = noNamespace, imsiClaim }) => {
    if (imsiClaim === undefined) return undefined;
    const { imsi, besides } = imsiClaim;
    const isTaken = byImsi
      .get(imsi)
      ?.some((holder) => holder.namespace === namespace && besides?.(holder) !== true);
    return isTaken ? new DuplicateError('imsi', imsi) : undefined;
  });
}
