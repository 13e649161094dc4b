import { endSession, unknownTransaction, type AuthenticateResponseOk } from '../authentication/index.js';
import type { Exchange } from '../exchanges/index.js';
import type { VerifiedEuicc } from '../pki/index.js';
import { Refusal } from '../rsp/index.js';
import type { EventRecord, RspSession } from '../store/index.js';
import type { Es11Context } from './context.js';

/**
 * What ES11.AuthenticateClient answers an eUICC that has proved who it is (SGP.22 5.8.2): its events, all or the one that
 * the device names. The events stay, and the session ends.
 *
 * @throws Refusal 8.9.5/3.9 there is no such event for this EID, 8.10.1/3.9 the session has ended in the meantime
 */
export async function retrieveEvents(
  context: Es11Context,
  session: RspSession,
  response: AuthenticateResponseOk,
  { eid }: VerifiedEuicc,
  exchange: Exchange,
): Promise<object> {
  const { matchingId } = response.euiccSigned1.ctxParams1.ctxParamsForCommonAuthentication;

  // SGP.22 5.8.2 (5): events of this EID; an EventID is named by a device that another SM-DS has sent here
  const events = await context.store.eventsForEid(eid, matchingId || undefined);
  exchange.depends({ events });
  if (matchingId && events.length === 0)
    throw new Refusal('8.9.5/3.9', 'there is no event with this EventID for this EID');
  exchange.passed('5.8.2 (5)', 'the EventID is that of an event for this EID, or not given');

  if (!(await endSession(context, session))) throw unknownTransaction('names a session that has ended');
  return { eventEntries: events.map(entryOf) };
}

const entryOf = ({ eventId, rspServerAddress }: EventRecord) => ({ eventId, rspServerAddress });
