import type { Change, NewProfile, NewRegistration, RegistrationName } from '../store/index.js';

type Order = Pick<NewProfile, 'state' | 'eid' | 'matchingId' | 'smdsAddress' | 'validUntil'>;

/** What the event of an order is known by, as long as there is one. */
export function registrationName({ matchingId, smdsAddress }: Order): RegistrationName | undefined {
  if (!smdsAddress || !matchingId) return undefined;
  return { smdsAddress: smdsAddress.toLowerCase(), eventId: matchingId };
}

/**
 * The event by which a device learns of an order (SGP.22 3.1.2, 3.6): for as long as the profile can be downloaded and is
 * not installed. An order without EID has none, nor has one with an empty MatchingID, since an EventID becomes the MatchingID
 * of the download.
 */
export function eventOf(order: Order): NewRegistration | undefined {
  const name = registrationName(order);
  const { state, eid, validUntil = null } = order;
  if (!name || !eid) return undefined;
  if (state !== 'Released' && state !== 'Downloaded') return undefined;
  return { ...name, eid, expiresAt: validUntil };
}

/**
 * What the SM-DS has to be told when an order changes. Committed with the change, it is done by and by, however often that
 * takes.
 *
 * @param before absent: the order is new
 * @param after absent: the order is removed
 */
export function eventChanges(before: Order | undefined, after: Order | undefined): Change[] {
  const [was, is] = [before && eventOf(before), after && eventOf(after)];
  const isElsewhere = was?.smdsAddress !== is?.smdsAddress || was?.eventId !== is?.eventId;
  const isNews = isElsewhere || was?.eid !== is?.eid || was?.expiresAt !== is?.expiresAt;
  return [
    ...(was && isElsewhere ? [{ kind: 'queueDeletion' as const, event: was }] : []),
    ...(is && isNews ? [{ kind: 'queueRegistration' as const, event: is }] : []),
  ];
}
