import { received } from '../../../wire/asn1/index.js';
import {
  installationProgress,
  installationReported,
  isOfAnother,
  type DownloadAttempt,
} from '../../../orders/index.js';
import type { Exchange } from '../../../instruments/exchanges/index.js';
import type { ProfileInstallationResult } from '../../../wire/rsp/index.js';
import type { Change, Profile, RspSession } from '../../../store/index.js';
import type { Es9PlusContext } from '../context.js';
import { decideDownload } from '../decide-download.js';
import { factsOf } from '../facts.js';
import { recordIfProfileIsGone, recordVerified, remainingProfile, resultKey } from './stored-notification.js';

/** How long the server keeps a session after its result, in milliseconds. A device that misses the answer sends the result again. */
const repeatTime = 60_000;

/** A ProfileInstallationResult whose signature verifies. */
export interface VerifiedResult {
  readonly context: Es9PlusContext;
  readonly exchange: Exchange;
  /** The session in which the BPP was delivered. */
  readonly session: RspSession;
  /** The notification as received. */
  readonly octets: Buffer;
  readonly data: ProfileInstallationResult['profileInstallationResultData'];
}

/** Applies a ProfileInstallationResult to its session and order, once per session (SGP.22 2.5.6, 5.6.4). */
export async function applyInstallationResult({
  context,
  exchange,
  session,
  octets,
  data,
}: VerifiedResult): Promise<void> {
  const { store, clock } = context;
  const { transactionId } = session;
  const { finalResult, notificationMetadata: metadata } = data;
  const now = clock.now().getTime();
  const attempt: DownloadAttempt = { eid: session.eid!, transactionId, now };
  const notification = { exchange, metadata, octets, eid: attempt.eid, receivedAt: now };
  const errorReason = 'errorResult' in finalResult ? finalResult.errorResult.errorReason : undefined;
  let current: RspSession | undefined = session;

  await recordIfProfileIsGone(store, notification, () =>
    decideDownload<void>(context, exchange, attempt, {
      find: async (isRetry) => {
        const profile = await remainingProfile(store, session.profileId!);
        await exchange.learn(factsOf(profile));
        if (isRetry) current = await store.session(transactionId);
        return profile;
      },

      decide: (profile) => {
        if (current?.result || current?.state === 'reported')
          exchange.noteOutcome(errorReason === undefined ? 'installed' : 'failed');
        if (!current?.result) {
          const outcome = ignored(current);
          return { set: {}, along: [recordVerified(notification, { outcome, profile })], value: undefined };
        }
        const isOfOrder = current.result === 'awaited' && !isOfAnother(profile, attempt);
        const change = isOfOrder
          ? installationReported(profile, attempt, { errorReason, seqNumber: metadata.seqNumber })
          : undefined;
        const outcome = change ? 'acted upon' : withoutEffect(current, profile);
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
            recordVerified(notification, { outcome, profile, key: resultKey(transactionId) }),
            ...(errorReason === undefined && isOfOrder ? finishDownload(profile, current, now) : []),
          ],
          progress: installationProgress(
            { profileInstallationResultData: received(data), pendingNotification: octets },
            errorReason,
          ),
          value: undefined,
        };
      },
    }),
  );
}

/** Why the server ignores a ProfileInstallationResult of this session. */
const ignored = (session: RspSession | undefined): string =>
  session?.state === 'reported'
    ? 'repeat: the session has reported its result'
    : 'ignored: no BPP was delivered in the session';

/** Why a ProfileInstallationResult does not change the order. */
const withoutEffect = ({ result }: RspSession, { state }: Profile): string =>
  result === 'orphaned'
    ? 'reported to the operator; the order was reset or cancelled after the BPP was delivered'
    : `reported to the operator; the profile stays ${state}`;

/**
 * Drops the one-time keys of an installed profile. If the order allows only one download, ends the eUICC's other
 * sessions for this order.
 */
function finishDownload(profile: Profile, { eid, transactionId }: RspSession, now: number): Change[] {
  return [
    { kind: 'markInstalled', profileId: profile.id, eid: eid!, at: now },
    ...(profile.reuse === 'once'
      ? [{ kind: 'endSessions' as const, profileId: profile.id, eid: eid!, except: transactionId }]
      : []),
  ];
}
