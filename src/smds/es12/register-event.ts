import type { Exchange } from '../../instruments/exchanges/index.js';
import { flag, type RequestBody } from '../../interfaces/json-binding/index.js';
import { registerEvent as register } from '../registry/index.js';
import type { Es12Context } from './context.js';
import { eidOf, eventIdOf, serverAddressOf } from './members.js';

/** ES12.RegisterEvent (SGP.22 5.9.1). */
export async function registerEvent(
  context: Es12Context,
  owner: string,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const event = {
    eid: eidOf(body),
    rspServerAddress: serverAddressOf(body),
    eventId: eventIdOf(body),
    forwardingIndicator: flag(body, 'forwardingIndicator'),
  };
  if (event.forwardingIndicator && !context.root)
    exchange.noteDeviation(
      '5.9.1',
      'forwardingIndicator is true, but this is a root SM-DS, which forwards no events',
    );
  await exchange.learn({ eid: event.eid, matchingId: event.eventId });
  await exchange.check(
    '5.9.1',
    'the EventID is new, and the root SM-DS registers the event if it must be forwarded',
    () => register(context, owner, event),
  );
  return {};
}
