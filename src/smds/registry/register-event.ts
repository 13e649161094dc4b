import { newMatchingId } from '../../base/matching-id.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { SmdsContext } from './context.js';
import type { EventRegistration, EventRegistry } from './event-registry.js';

/**
 * Registers an event (SGP.22 5.9.1), and passes it on to the root SM-DS where that is asked for. The root knows it under
 * an EventID of our own and sends devices here.
 *
 * @param owner OID of the SM-DP+ or SM-DS that registers it
 * @throws Refusal 8.9.5/3.3 the owner has an event with this EventID; 8.9/5.1, 8.9/4.2 the root SM-DS cannot be reached
 * or refuses: the event is not registered here either
 */
export async function registerEvent(
  context: SmdsContext,
  owner: string,
  { eid, eventId, rspServerAddress, forwardingIndicator }: EventRegistration,
): Promise<void> {
  const { store, clock, root } = context;
  // Without waiting for the root SM-DS; the commit below is what decides.
  if (await store.eventRecord(owner, eventId)) throw alreadyInUse();
  const passedOn = forwardingIndicator && root ? await passOn(root, context, eid) : undefined;
  const isRegistered = await store.commit([
    {
      kind: 'registerEvent',
      event: {
        ...{ owner, eventId, eid, rspServerAddress },
        rootEventId: passedOn ?? null,
        registeredAt: clock.now().getTime(),
      },
    },
  ]);
  if (isRegistered) return;
  if (passedOn !== undefined) await root?.delete({ eid, eventId: passedOn });
  throw alreadyInUse();
}

/** @returns the EventID under which the root SM-DS has it */
async function passOn(root: EventRegistry, { random, address }: SmdsContext, eid: string): Promise<string> {
  const eventId = newMatchingId(random);
  await root.register({ eid, eventId, rspServerAddress: address, forwardingIndicator: false });
  return eventId;
}

const alreadyInUse = (): Refusal => new Refusal('8.9.5/3.3', 'EventID is registered already');
