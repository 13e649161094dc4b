import { newMatchingId } from '../../base/matching-id.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { SmdsContext } from './context.js';
import type { EventRegistration, EventRegistry } from './event-registry.js';

/**
 * Registers an event (SGP.22 5.9.1). If `forwardingIndicator` is set, it also registers an event at the root SM-DS, with a new
 * EventID. The root then sends devices to this SM-DS.
 *
 * @param owner OID of the SM-DP+ or SM-DS that calls
 * @throws Refusal 8.9.5/3.3 the owner has an event with this EventID; 8.9/5.1, 8.9/4.2 the root SM-DS cannot be reached or
 * refuses: the event is not registered here either
 */
export async function registerEvent(
  context: SmdsContext,
  owner: string,
  { eid, eventId, rspServerAddress, forwardingIndicator }: EventRegistration,
): Promise<void> {
  const { store, clock, root } = context;
  // Refuses early, before the root SM-DS is called. The commit below decides.
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

const alreadyInUse = (): Refusal => new Refusal('8.9.5/3.3', 'EventID is registered already');
