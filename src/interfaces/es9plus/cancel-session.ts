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
import { decideAndReport } from './decide.js';
import { euiccKey } from './euicc-key.js';
import { factsOf } from './facts.js';
import { identityOf } from './identity.js';

const isOngoing = 'TransactionId relates to an ongoing session';

/**
 * ES9+.CancelSession (SGP.22 5.6.5): the device ends the session, for a reason that the eUICC has signed.
 *
 * Where the eUICC answers with an error, nothing is signed. That ends a session without a BPP; one that has delivered a BPP
 * goes on, and waits for the ProfileInstallationResult.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2, 8.1/6.1, 8.8/3.10, 8.10.1/3.9
 */
export async function cancelSession(
  context: Es9PlusContext,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  const session = await exchange.check('5.6.5 (1)', isOngoing, () =>
    ongoingSession(context, text(body, 'transactionId'), 'authenticated', 'bound'),
  );
  await exchange.learn({
    transactionId: transactionIdToText(session.transactionId),
    eid: session.eid!,
    profileId: session.profileId!,
  });
  const response = structure(body, 'cancelSessionResponse', CancelSessionResponse);
  if ('cancelSessionResponseError' in response) {
    if (session.state === 'authenticated' && (await endSession(context, session)))
      exchange.noteOutcome('cancelled');
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
  exchange.check('5.6.5 (3)', 'smdpOid is ours', () => {
    if (signed.smdpOid !== identityOf(context, session).oid)
      throw new Refusal('8.8/3.10', 'smdpOid is not that of this SM-DP+');
  });
  exchange.check('5.6.5 (4)', 'the signed TransactionId is that of the session', () =>
    requireSameTransaction(session, signed.transactionId),
  );

  // SGP.22 5.6.5 (5): the order, according to the reason
  await endOrder(context, session, signed.reason, exchange);
  exchange.noteOutcome('cancelled');
  return {};
}

async function endOrder(
  context: Es9PlusContext,
  session: RspSession,
  reason: number,
  exchange: Exchange,
): Promise<void> {
  const { store, clock } = context;
  const attempt = { eid: session.eid!, transactionId: session.transactionId, now: clock.now().getTime() };
  await decideAndReport(
    context,
    exchange,
    attempt,
    async (isRepeat) => {
      const { state } = await exchange.check('5.6.5 (1)', isOngoing, () =>
        stillOngoing(context, session, isRepeat, 'authenticated', 'bound'),
      );
      const profile = await exchange.check('5.6.5 (5)', 'the order of the session is there', async () => {
        const found = await store.profile(session.profileId!);
        if (!found) throw unknownTransaction('names a session whose profile does not exist any more');
        return found;
      });
      await exchange.learn(factsOf(profile));
      return { profile, state };
    },
    ({ profile, state }) => ({
      ...cancelDownload(profile, attempt, reason, state === 'bound' ? 'bound' : 'authenticated'),
      along: [
        {
          kind: 'updateSession' as const,
          transactionId: session.transactionId,
          from: state,
          set: { state: 'ended' as const },
        },
      ],
      value: undefined,
    }),
  );
}
