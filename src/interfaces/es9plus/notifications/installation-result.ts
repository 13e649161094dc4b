import { received } from '../../../wire/asn1/index.js';
import { requireSignature, unknownTransaction } from '../../authentication/index.js';
import {
  installationProgress,
  installationReported,
  isOfAnother,
  type DownloadAttempt,
  type InstallationResult,
} from '../../../orders/index.js';
import type { Exchange } from '../../../instruments/exchanges/index.js';
import { Refusal, transactionIdToText, type ProfileInstallationResult } from '../../../wire/rsp/index.js';
import type { Change, Profile, RspSession, StoredNotification } from '../../../store/index.js';
import type { Es9PlusContext } from '../context.js';
import { decideAndReport, type ReportedDecision } from '../decide.js';
import { euiccKey } from '../euicc-key.js';
import { factsOf } from '../facts.js';
import { keepIfProfileIsGone, profileLeft } from './profile-gone.js';
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
    if (error instanceof Refusal) return recordUnverified(context, exchange, octets, error.message);
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
  const { transactionId } = session;
  const now = clock.now().getTime();
  const attempt: DownloadAttempt = { eid: session.eid!, transactionId, now };
  const stored = (outcome: string, profile?: Profile, isNews = false): StoredNotification => {
    exchange.noteNotification({ verified: true, outcome });
    return {
      ...described(data.notificationMetadata),
      receivedAt: now,
      verified: true,
      octets,
      eid: attempt.eid,
      profileId: profile?.id ?? null,
      key: isNews ? resultKey(transactionId) : null,
      outcome,
    };
  };
  const record = (...what: Parameters<typeof stored>): Change => ({
    kind: 'recordNotification',
    notification: stored(...what),
  });
  const { finalResult, notificationMetadata } = data;
  const errorReason = 'errorResult' in finalResult ? finalResult.errorResult.errorReason : undefined;
  const result: InstallationResult = { errorReason, seqNumber: notificationMetadata.seqNumber };

  const act = (): Promise<undefined> =>
    decideAndReport(
      context,
      exchange,
      attempt,
      async (isRepeat) => {
        const profile = await profileLeft(store, session.profileId!);
        await exchange.learn(factsOf(profile));
        const current = isRepeat ? await store.session(transactionId) : session;
        return { profile, session: current };
      },
      ({ profile, session: current }): ReportedDecision<undefined> => {
        if (current?.result || current?.state === 'reported') {
          exchange.noteOutcome(errorReason === undefined ? 'installed' : 'failed');
        }
        if (!current?.result) {
          return { set: {}, along: [record(ignored(current), profile)], value: undefined };
        }
        const isOfOrder = current.result === 'awaited' && !isOfAnother(profile, attempt);
        const change = isOfOrder ? installationReported(profile, attempt, result) : undefined;
        return {
          set: change?.set ?? {},
          history: change?.history,
          along: [
            {
              kind: 'updateSession',
              transactionId,
              from: current.state,
              set: { state: 'reported', result: null, expiresAt: now + repeatTime },
            },
            record(change ? 'acted upon' : withoutEffect(current, profile), profile, true),
            ...(errorReason === undefined && isOfOrder ? spend(profile, current, now) : []),
          ],
          progress: installationProgress(
            { profileInstallationResultData: received(data), pendingNotification: octets },
            errorReason,
          ),
          value: undefined,
        };
      },
    );
  await keepIfProfileIsGone(store, act, (outcome) => stored(outcome));
}

/** Why a result of this session is not looked at. */
const ignored = (session: RspSession | undefined): string =>
  session?.state === 'reported'
    ? 'repeat: the session has reported its result'
    : 'no BPP was delivered in the session';

/** Why a result changes nothing about the order. */
const withoutEffect = ({ result }: RspSession, { state }: Profile): string =>
  result === 'orphaned'
    ? 'reported to the operator; the order was reset or cancelled since the BPP was delivered'
    : `reported to the operator; the profile stays ${state}`;

/** An installed profile needs no key any more, and its eUICC no other session about a one-time code. */
function spend(profile: Profile, { eid, transactionId }: RspSession, now: number): Change[] {
  return [
    { kind: 'markInstalled', profileId: profile.id, eid: eid!, at: now },
    ...(profile.reuse === 'once'
      ? [{ kind: 'endSessions' as const, profileId: profile.id, eid: eid!, except: transactionId }]
      : []),
  ];
}
