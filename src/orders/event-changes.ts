import type { Change, NewProfile, NewRegistration, RegistrationName } from '../store/index.js';

type Order = Pick<NewProfile, 'state' | 'eid' | 'matchingId' | 'smdsAddress' | 'validUntil'>;

/** The SM-DS and the EventID of an order's event. `undefined` if the order cannot have an event. */
export function registrationName({ matchingId, smdsAddress }: Order): RegistrationName | undefined {
  if (!smdsAddress || !matchingId) return undefined;
  return { smdsAddress: smdsAddress.toLowerCase(), eventId: matchingId };
}

/**
 * The event that tells a device about an order (SGP.22 3.1.2, 3.6). An order has an event while the profile can be downloaded and is
 * not installed. An order without an EID or with an empty MatchingID never has an event, because the MatchingID is the EventID.
 */
export function eventOf(order: Order): NewRegistration | undefined {
  const name = registrationName(order);
  const { state, eid, validUntil = null } = order;
  if (!name || !eid) return undefined;
  if (state !== 'Released' && state !== 'Downloaded') return undefined;
  return { ...name, eid, expiresAt: validUntil };
}

/**
 * Returns the changes that queue ES12 calls (register or delete an event) for a changed order. The caller commits them in the same
 * transaction as the order. The server makes the calls later, and repeats calls that fail.
 *
 * @param before absent if the order is new
 * @param after absent if the order is removed
 */
export function eventChanges(before: Order | undefined, after: Order | undefined): Change[] {
  const [was, is] = [before && eventOf(before), after && eventOf(after)];
  const isRenamed = was?.smdsAddress !== is?.smdsAddress || was?.eventId !== is?.eventId;
  const isChanged = isRenamed || was?.eid !== is?.eid || was?.expiresAt !== is?.expiresAt;
  return [
    ...(was && isRenamed ? [{ kind: 'queueDeletion' as const, event: was }] : []),
    ...(is && isChanged ? [{ kind: 'queueRegistration' as const, event: is }] : []),
  ];
}
