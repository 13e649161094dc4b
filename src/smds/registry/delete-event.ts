import { Refusal } from '../../wire/rsp/index.js';
import type { EventRecord } from '../../store/index.js';
import type { SmdsContext } from './context.js';
import type { EventName } from './event-registry.js';

/**
 * Deletes an event (SGP.22 5.9.2). If the event was forwarded, deletes it at the root SM-DS first.
 *
 * @param owner OID of the SM-DP+ or SM-DS that calls this function
 * @throws Refusal 8.9.5/3.9 if there is no such event for this EID; 1.1/1.2 if another server registered the event; 8.9/5.1 or 8.9/4.2 if
 * the root SM-DS cannot be reached or refuses the call. The event then stays, so that the caller can try again
 */
export async function deleteEvent(
  context: SmdsContext,
  owner: string,
  { eid, eventId }: EventName,
): Promise<void> {
  const named = (await context.store.eventsForEid(eid, eventId)).filter((event) => event.eventId === eventId);
  const own = named.find((event) => event.owner === owner);
  if (own) return removeEvent(context, own);
  if (named.length > 0) throw new Refusal('1.1/1.2', 'the event was registered by another server');
  throw new Refusal('8.9.5/3.9', 'there is no such event for this EID');
}

/** Removes an event record without checking its owner. @throws Refusal 8.9/5.1, 8.9/4.2 as {@link deleteEvent} */
export async function removeEvent(
  { store, root }: SmdsContext,
  { owner, eid, eventId, rootEventId }: EventRecord,
): Promise<void> {
  if (rootEventId !== null) await root?.delete({ eid, eventId: rootEventId });
  await store.commit([{ kind: 'deleteEvent', owner, eventId }]);
}
