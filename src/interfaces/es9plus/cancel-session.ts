import { received } from '../../wire/asn1/index.js';
import {
  endSession,
  ongoingSession,
  requireSameTransaction,
  requireSignature,
  stillOngoing,
  unknownTransaction,
} from '../authentication/index.js';
import { structure, text, type RequestBody } from '../json-binding/index.js';
import { cancelDownload } from '../../orders/index.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import { CancelSessionResponse, Refusal, transactionIdToText } from '../../wire/rsp/index.js';
import type { RspSession } from '../../store/index.js';
import type { Es9PlusContext } from './context.js';
import { decideDownload } from './decide-download.js';
import { euiccKey } from './euicc-key.js';
import { factsOf } from './facts.js';
import { identityOf } from './identity.js';

const isOngoing = 'TransactionId relates to an ongoing session';

/**
 * ES9+.CancelSession (SGP.22 5.6.5): the device ends the session, for a reason that the eUICC has signed.
 *
 * An eUICC that answers with an error signs nothing. The server then ends the session if no BPP was delivered in it. If a BPP was
 * delivered, the session still waits for the ProfileInstallationResult.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2; in step (2) 8.1/6.1; in step (3) 8.8/3.10; in steps (1), (4) and (5) 8.10.1/3.9
 */
export async function cancelSession(
  context: Es9PlusContext,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const { store, clock } = context;
  let session = await exchange.check('5.6.5 (1)', isOngoing, () =>
    ongoingSession(context, text(body, 'transactionId'), 'authenticated', 'bound'),
  );
  const { transactionId } = session;
  const [eid, profileId] = [session.eid!, session.profileId!];
  await exchange.learn({ transactionId: transactionIdToText(transactionId), eid, profileId });
  const response = structure(body, 'cancelSessionResponse', CancelSessionResponse);
  if ('cancelSessionResponseError' in response) {
    const isEnded = await exchange.check('5.7.14', 'the eUICC answers with an unsigned error', () =>
      endUnlessDelivered(context, session),
    );
    if (isEnded) exchange.noteOutcome('cancelled');
    return {};
  }
  const { euiccCancelSessionSigned: signed, euiccCancelSessionSignature } = response.cancelSessionResponseOk;

  exchange.check('5.6.5 (2)', 'euiccCancelSessionSignature verifies', () =>
    requireSignature({
      name: 'euiccCancelSessionSignature',
      signature: euiccCancelSessionSignature,
      over: [received(signed)],
      publicKey: euiccKey(context, session),
    }),
  );
  exchange.check('5.6.5 (3)', 'smdpOid is the OID of this SM-DP+', () => {
    if (signed.smdpOid !== identityOf(context, session).oid)
      throw new Refusal('8.8/3.10', 'smdpOid is not that of this SM-DP+');
  });
  exchange.check('5.6.5 (4)', 'the signed TransactionId is that of the session', () =>
    requireSameTransaction(session, signed.transactionId),
  );

  // SGP.22 5.6.5 (5): change the order according to the reason
  const attempt = { eid, transactionId, now: clock.now().getTime() };
  await decideDownload<void>(context, exchange, attempt, {
    find: async (isRetry) => {
      session = await exchange.check('5.6.5 (1)', isOngoing, () =>
        stillOngoing(context, session, isRetry, 'authenticated', 'bound'),
      );
      const profile = await exchange.check('5.6.5 (5)', 'the order of the session exists', async () => {
        const found = await store.profile(profileId);
        if (!found) throw unknownTransaction('names a session whose profile no longer exists');
        return found;
      });
      await exchange.learn(factsOf(profile));
      return profile;
    },
    decide: (profile) => ({
      ...cancelDownload(
        profile,
        attempt,
        signed.reason,
        session.state === 'bound' ? 'bound' : 'authenticated',
      ),
      along: [{ kind: 'updateSession', transactionId, from: session.state, set: { state: 'ended' } }],
      value: undefined,
    }),
  });
  exchange.noteOutcome('cancelled');
  return {};
}

/** Ends the session if no BPP was delivered in it. @returns whether the session was ended */
const endUnlessDelivered = async (context: Es9PlusContext, session: RspSession): Promise<boolean> =>
  session.state === 'authenticated' && endSession(context, session);
