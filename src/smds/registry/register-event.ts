import { newMatchingId } from '../../base/matching-id.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { SmdsContext } from './context.js';
import type { EventRegistration, EventRegistry } from './event-registry.js';

/**
 * Registers an event (SGP.22 5.9.1). If `forwardingIndicator` is set, also registers an event at the root SM-DS, with a new EventID. The
 * root SM-DS then sends the device to this SM-DS.
 *
 * @param owner OID of the SM-DP+ or SM-DS that calls this function
 * @throws Refusal 8.9.5/3.3 if the owner already has an event with this EventID; 8.9/5.1 or 8.9/4.2 if the root SM-DS cannot be reached or
 * refuses the call. The event is then not registered here, either
 */
export async function registerEvent(
  context: SmdsContext,
  owner: string,
  { eid, eventId, rspServerAddress, forwardingIndicator }: EventRegistration,
): Promise<void> {
  const { store, clock, root } = context;
  // This early check avoids a useless call of the root SM-DS. The commit below makes the same check again.
  if (await store.eventRecord(owner, eventId)) throw alreadyInUse();
  const rootEventId = forwardingIndicator && root ? await forward(root, context, eid) : undefined;
  const isRegistered = await store.commit([
    {
      kind: 'registerEvent',
      event: {
        ...{ owner, eventId, eid, rspServerAddress },
        rootEventId: rootEventId ?? null,
        registeredAt: clock.now().getTime(),
      },
    },
  ]);
  if (isRegistered) return;
  if (rootEventId !== undefined) await root?.delete({ eid, eventId: rootEventId });
  throw alreadyInUse();
}

/** @returns the EventID at the root SM-DS */
async function forward(root: EventRegistry, { random, address }: SmdsContext, eid: string): Promise<string> {
  const eventId = newMatchingId(random);
  await root.register({ eid, eventId, rspServerAddress: address, forwardingIndicator: false });
  return eventId;
}

const alreadyInUse = (): Refusal => new Refusal('8.9.5/3.3', 'EventID is already registered');
