import { received } from '../../../wire/asn1/index.js';
import { requireSignature } from '../../authentication/index.js';
import type { Exchange } from '../../../instruments/exchanges/index.js';
import {
  isLinkedByDownload,
  operatorOf,
  profileManaged,
  type DownloadAttempt,
  type ManagementReport,
} from '../../../orders/index.js';
import { CertificateError, parseCertificate } from '../../../pki/index.js';
import {
  iccidFromOctets,
  Refusal,
  type NotificationMetadata,
  type OtherSignedNotification,
} from '../../../wire/rsp/index.js';
import type { InstalledState, Profile, StoredNotification } from '../../../store/index.js';
import type { Es9PlusContext } from '../context.js';
import { decideAndReport, type ReportedDecision } from '../decide.js';
import { factsOf } from '../facts.js';
import { keepIfProfileIsGone, profileLeft } from './profile-gone.js';
import { described, eventsOf, operationOf, recordUnverified } from './record.js';

const installedState: Readonly<Record<string, InstalledState>> = {
  enable: 'enabled',
  disable: 'disabled',
  delete: 'deleted',
};

/** A notification about an installed profile (SGP.22 5.6.4): it needs no session, since it brings its own certificates. */
export async function handleOtherNotification(
  context: Es9PlusContext,
  octets: Buffer,
  notification: OtherSignedNotification,
  exchange: Exchange,
): Promise<void> {
  let eid: string;
  try {
    eid = exchange.check('5.6.4 (2)', 'certificates and euiccNotificationSignature verify', () =>
      signedBy(context, notification),
    );
  } catch (error) {
    if (error instanceof Refusal || error instanceof CertificateError)
      return recordUnverified(context, exchange, octets, error.message);
    throw error;
  }
  const { tbsOtherNotification: metadata } = notification;
  const { store, clock } = context;
  const now = clock.now().getTime();
  const operation = operationOf(metadata);
  const found = metadata.iccid && (await profileOn(context, iccidFromOctets(metadata.iccid), eid, exchange));
  await exchange.learn({ eid, ...(found && factsOf(found)) });
  const stored = (outcome: string, profile?: Profile, key: string | null = null): StoredNotification => {
    exchange.noteNotification({ verified: true, outcome });
    return {
      ...described(metadata),
      receivedAt: now,
      verified: true,
      octets,
      eid,
      profileId: profile?.id ?? null,
      key,
      outcome,
    };
  };
  const to = operation && installedState[operation];
  if (!found || !to) {
    const notification = stored(withoutEffect(metadata, found), found);
    await store.commit([{ kind: 'recordNotification', notification }]);
    return;
  }

  const attempt: DownloadAttempt = { eid, transactionId: found.boundTransactionId ?? Buffer.alloc(0), now };
  const act = (): Promise<undefined> =>
    decideAndReport(
      context,
      exchange,
      attempt,
      async () => ({ profile: await profileLeft(store, found.id) }),
      async ({ profile }): Promise<ReportedDecision<undefined>> => {
        const key = repeatKey(profile, eid, metadata.seqNumber, operation);
        if (await store.hasNotification(key)) {
          return {
            set: {},
            along: [
              { kind: 'recordNotification', notification: stored('repeat: it was received before', profile) },
            ],
            value: undefined,
          };
        }
        const report = {
          ...{ to, seqNumber: metadata.seqNumber },
          ...(to === 'deleted' && (await afterDeletion(context, profile))),
        };
        const { lateness, ...change } = profileManaged(profile, attempt, report);
        return {
          ...change,
          along: [
            { kind: 'recordNotification', notification: stored(lateness ?? 'acted upon', profile, key) },
          ],
          value: undefined,
        };
      },
    );
  await keepIfProfileIsGone(store, act, (outcome) => stored(outcome));
}

/** Why a verified notification says nothing about an installed profile. */
function withoutEffect(metadata: NotificationMetadata, found: Profile | undefined): string {
  if (!metadata.iccid) return 'no effect: it names no ICCID';
  if (!found) return 'no effect: no profile with this ICCID was delivered to this eUICC';
  const events = eventsOf(metadata);
  if (events.length === 0) return 'no effect: it names no event';
  if (events.length > 1) return `no effect: it names several events (${events.join(', ')})`;
  if (events[0] === 'install')
    return 'no effect: an installation counts only in a signed ProfileInstallationResult';
  return `no effect: SGP.22 v2 has no event for ${events[0]}`;
}

/** What a deletion does to the order of a profile: its operator's choice. */
async function afterDeletion(
  { store }: Es9PlusContext,
  profile: Profile,
): Promise<Pick<ManagementReport, 'afterDeletion' | 'isLinkedByDownload'>> {
  if (profile.operator === null) return {};
  const { afterDeletion } = await operatorOf(store, profile.operator);
  if (afterDeletion === 'staysSpent') return {};
  return { afterDeletion, isLinkedByDownload: isLinkedByDownload(profile, await store.history(profile.id)) };
}

/**
 * The EID that the certificates in the notification prove.
 *
 * @throws Refusal, CertificateError where a certificate or the signature is not valid
 */
function signedBy(
  { pki, clock }: Es9PlusContext,
  {
    tbsOtherNotification,
    euiccNotificationSignature,
    euiccCertificate,
    eumCertificate,
  }: OtherSignedNotification,
): string {
  const { authorityKeyId } = parseCertificate(eumCertificate);
  const { eid, publicKey } = pki.verifyEuicc({
    euiccCertificate,
    eumCertificate,
    sessionCiKeyId: authorityKeyId ?? Buffer.alloc(0),
    now: clock.now(),
  });
  requireSignature({
    name: 'euiccNotificationSignature',
    signature: euiccNotificationSignature,
    over: [received(tbsOtherNotification)],
    publicKey,
  });
  return eid;
}

/** The profile with this ICCID that was delivered to this eUICC, the newest where several were. */
async function profileOn(
  { store }: Es9PlusContext,
  iccid: string,
  eid: string,
  exchange: Exchange,
): Promise<Profile | undefined> {
  for (const profile of await store.profilesByIccid(iccid)) {
    if (profile.boundTransactionId === null) continue;
    if (profile.eid === eid) return profile;
    const binding = await store.binding(profile.id, eid);
    if (!binding) continue;
    exchange.noteStored({ binding });
    return profile;
  }
  return undefined;
}

/**
 * What makes a notification the same one as another. The last delivery is part of it: an eUICC that was reset counts its
 * notifications from the beginning again.
 */
const repeatKey = (profile: Profile, eid: string, seqNumber: number, operation: string): string =>
  [profile.id, profile.boundTransactionId?.toString('hex'), eid, seqNumber, operation].join('/');
