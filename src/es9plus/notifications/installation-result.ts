import { received } from '../../asn1/index.js';
import { requireSignature, unknownTransaction } from '../../authentication/index.js';
import {
  installationFailed,
  installationProgress,
  profileInstalled,
  type Attempt,
  type OrderChange,
} from '../../orders/index.js';
import type { Exchange } from '../../exchanges/index.js';
import { Refusal, transactionIdToText, type ProfileInstallationResult } from '../../rsp/index.js';
import type { Change, Profile, RspSession, StoredNotification } from '../../store/index.js';
import type { Es9PlusContext } from '../context.js';
import { decide, type ToldDecision } from '../decide.js';
import { euiccKey } from '../euicc-key.js';
import { factsOf } from '../facts.js';
import { described, recordUnverified } from './record.js';

/** How long a session is kept once its result is there, in milliseconds: a device that misses the answer sends it again. */
const repeatTime = 60_000;

const resultKey = (transactionId: Buffer): string => `result/${transactionIdToText(transactionId)}`;

/** A ProfileInstallationResult (SGP.22 2.5.6): what became of the BPP of a session. */
export async function handleInstallationResult(
  context: Es9PlusContext,
  octets: Buffer,
  { profileInstallationResultData: data, euiccSignPIR }: ProfileInstallationResult,
  exchange: Exchange,
): Promise<void> {
  let session: RspSession;
  try {
    session = await exchange.check('5.6.4 (2)', 'the TransactionId is that of a session with an order', () =>
      sessionOf(context, data.transactionId),
    );
    exchange.check('5.6.4 (3)', 'euiccSignPIR verifies', () =>
      requireSignature({
        name: 'euiccSignPIR',
        signature: euiccSignPIR,
        over: [received(data)],
        publicKey: euiccKey(context, session),
      }),
    );
  } catch (error) {
    if (error instanceof Refusal) return recordUnverified(context, octets, error.message);
    throw error;
  }
  await exchange.learn({
    transactionId: transactionIdToText(session.transactionId),
    eid: session.eid!,
    profileId: session.profileId!,
  });
  await applyResult(context, session, octets, data, exchange);
}

/** The session in which the BPP was delivered. @throws Refusal 8.10.1/3.9 there is none, or it never came to an order */
async function sessionOf({ store }: Es9PlusContext, transactionId: Buffer): Promise<RspSession> {
  const session = await store.session(transactionId);
  if (session?.euiccPublicPoint && session.profileId !== null) return session;
  const isRepeat = await store.hasNotification(resultKey(transactionId));
  const why = isRepeat ? 'has its result already' : 'is not known';
  throw unknownTransaction(`${transactionIdToText(transactionId)} ${why}`);
}

async function applyResult(
  context: Es9PlusContext,
  session: RspSession,
  octets: Buffer,
  data: ProfileInstallationResult['profileInstallationResultData'],
  exchange: Exchange,
): Promise<void> {
  const { store, clock } = context;
  const now = clock.now().getTime();
  const attempt: Attempt = { eid: session.eid!, transactionId: session.transactionId, now };
  const record = (profile: Profile, isNews: boolean, outcome: string): Change => {
    const notification: StoredNotification = {
      ...described(data.notificationMetadata),
      receivedAt: now,
      verified: true,
      octets,
      eid: attempt.eid,
      profileId: profile.id,
      key: isNews ? resultKey(session.transactionId) : null,
      outcome,
    };
    return { kind: 'recordNotification', notification };
  };

  const { finalResult, notificationMetadata } = data;
  const succeeded = 'successResult' in finalResult;
  const judge = (profile: Profile): OrderChange | undefined => {
    if (!('errorResult' in finalResult))
      return profileInstalled(profile, attempt, notificationMetadata.seqNumber);
    // The failure of one delivery does not end another one that is under way.
    if (!profile.boundTransactionId?.equals(session.transactionId)) return undefined;
    return installationFailed(profile, attempt, finalResult.errorResult.errorReason);
  };

  await decide(
    context,
    exchange,
    attempt,
    async (isRepeat) => {
      const profile = await store.profile(session.profileId!);
      if (!profile) throw new Error('profile of the session does not exist any more');
      await exchange.learn(factsOf(profile));
      const current = isRepeat ? await store.session(session.transactionId) : session;
      return { profile, state: current?.state };
    },
    ({ profile, state }): ToldDecision<undefined> => {
      if (state !== 'bound') {
        return {
          set: {},
          along: [record(profile, false, `repeat, or late: session is ${state}`)],
          value: undefined,
        };
      }
      const change = judge(profile);
      const along: Change[] = [
        {
          kind: 'updateSession',
          transactionId: session.transactionId,
          from: 'bound',
          set: { state: 'reported', expiresAt: now + repeatTime },
        },
        record(profile, true, change ? 'acted upon' : `no news: profile is ${profile.state}`),
      ];
      if (succeeded) along.push(...spend(profile, session, now));
      const reason = 'errorResult' in finalResult ? finalResult.errorResult.errorReason : undefined;
      const progress = installationProgress(received(data), reason);
      return { set: change?.set ?? {}, history: change?.history, along, progress, value: undefined };
    },
  );
}

/** An installed profile needs no key any more, and a one-time code no other session. */
function spend(profile: Profile, { eid, transactionId }: RspSession, now: number): Change[] {
  return [
    { kind: 'markInstalled', profileId: profile.id, eid: eid!, at: now },
    ...(profile.reuse === 'once'
      ? [{ kind: 'endSessions' as const, profileId: profile.id, except: transactionId }]
      : []),
  ];
}
