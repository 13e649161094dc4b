import type { Exchange } from '../../instruments/exchanges/index.js';
import type { RequestBody } from '../../interfaces/json-binding/index.js';
import { deleteEvent as remove } from '../registry/index.js';
import type { Es12Context } from './context.js';
import { eidOf, eventIdOf } from './members.js';

/** ES12.DeleteEvent (SGP.22 5.9.2). */
export async function deleteEvent(
  context: Es12Context,
  owner: string,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const event = { eid: eidOf(body), eventId: eventIdOf(body) };
  await exchange.learn({ eid: event.eid, matchingId: event.eventId });
  await exchange.check('5.9.2', 'the event exists for this EID, and the caller registered it', () =>
    remove(context, owner, event),
  );
  return {};
}
