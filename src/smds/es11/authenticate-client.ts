import {
  authenticateEuicc,
  endSession,
  endSessionOnRefusal,
  requireOngoing,
  unknownTransaction,
  type AuthenticateClientRequest,
} from '../../interfaces/authentication/index.js';
import { structure } from '../../interfaces/json-binding/index.js';
import {
  AuthenticateServerResponse,
  Refusal,
  swapNibbles,
  transactionIdToText,
} from '../../wire/rsp/index.js';
import type { EventRecord } from '../../store/index.js';
import type { Es11Context } from './context.js';

/**
 * ES11.AuthenticateClient (SGP.22 5.8.2): the eUICC proves its identity and gets its events. If the device names an EventID, it gets only
 * this event. The SM-DS keeps the events, and ends the session.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2; 8.1/6.1 if the eUICC has refused the server; in step (1) 8.10.1/3.9; in step (2) 8.1.2/6.1,
 * 8.1.2/6.3, 8.1.3/6.1, 8.1.3/6.3, 8.11.1/3.9; in step (3) 8.1/6.1; in step (4) 8.1/6.1, 8.10.1/3.9; in step (5) 8.9.5/3.9
 */
export async function authenticateClient(
  context: Es11Context,
  { body, session: named, exchange }: AuthenticateClientRequest,
): Promise<object> {
  const session = exchange.check('5.8.2 (1)', 'TransactionId relates to an ongoing session', () =>
    requireOngoing(context, named, 'initiated'),
  );
  const response = structure(body, 'authenticateServerResponse', AuthenticateServerResponse);
  const transactionId = transactionIdToText(session.transactionId);
  return endSessionOnRefusal(context, session, async () => {
    await exchange.learn({ transactionId, role: 'smds' });
    // SGP.22 5.8.2 (2) to (4): check certificates, signature and session data
    const { eid, signed } = authenticateEuicc(context, { exchange, clause: '5.8.2', session, response });

    const { matchingId, deviceInfo } = signed.ctxParams1.ctxParamsForCommonAuthentication;
    await exchange.learn({ eid, matchingId, tac: swapNibbles(deviceInfo.tac).toString('hex') });

    const events = await exchange.check(
      '5.8.2 (5)',
      'the device names no EventID, or the EventID of an event for this EID',
      async () => {
        const found = await context.store.eventsForEid(eid, matchingId || undefined);
        exchange.noteStored({ events: found });
        if (matchingId && found.length === 0)
          throw new Refusal('8.9.5/3.9', 'there is no event with this EventID for this EID');
        return found;
      },
    );
    await exchange.check('5.8.2 (1)', 'TransactionId relates to an ongoing session', async () => {
      if (!(await endSession(context, session))) throw unknownTransaction('names a session that has ended');
    });
    return { transactionId, eventEntries: events.map(entryOf) };
  });
}

const entryOf = ({ eventId, rspServerAddress }: EventRecord) => ({ eventId, rspServerAddress });
