import type { Exchange } from '../../../instruments/exchanges/index.js';
import { afterDeletion, profileManaged, type DownloadAttempt } from '../../../orders/index.js';
import { iccidFromOctets, type NotificationMetadata } from '../../../wire/rsp/index.js';
import type { InstalledState, Profile } from '../../../store/index.js';
import type { Es9PlusContext } from '../context.js';
import { decideDownload } from '../decide-download.js';
import { factsOf } from '../facts.js';
import {
  eventsOf,
  operationOf,
  recordIfProfileIsGone,
  recordVerified,
  remainingProfile,
} from './stored-notification.js';

const installedState: Readonly<Record<string, InstalledState>> = {
  enable: 'enabled',
  disable: 'disabled',
  delete: 'deleted',
};

/** A notification about an installed profile, with valid certificates and a valid signature. */
export interface VerifiedOther {
  readonly context: Es9PlusContext;
  readonly exchange: Exchange;
  /** The EID that the certificates prove. */
  readonly eid: string;
  /** The notification as received. */
  readonly octets: Buffer;
  readonly metadata: NotificationMetadata;
}

/** Applies a notification that an installed profile was enabled, disabled or deleted (SGP.22 5.6.4). */
export async function applyOtherNotification({
  context,
  exchange,
  eid,
  octets,
  metadata,
}: VerifiedOther): Promise<void> {
  const { store, clock } = context;
  const { seqNumber } = metadata;
  const now = clock.now().getTime();
  const operation = operationOf(metadata);
  const found = metadata.iccid && (await profileOn(context, iccidFromOctets(metadata.iccid), eid, exchange));
  await exchange.learn({ eid, ...(found && factsOf(found)) });
  const notification = { exchange, metadata, octets, eid, receivedAt: now };
  const to = operation && installedState[operation];
  if (!found || !to) {
    const outcome = withoutEffect(metadata, found);
    await store.commit([recordVerified(notification, { outcome, profile: found })]);
    return;
  }

  const attempt: DownloadAttempt = { eid, transactionId: found.boundTransactionId ?? Buffer.alloc(0), now };
  await recordIfProfileIsGone(store, notification, () =>
    decideDownload<void>(context, exchange, attempt, {
      find: () => remainingProfile(store, found.id),

      decide: async (profile) => {
        const key = repeatKey(profile, eid, seqNumber, operation);
        if (await store.hasNotification(key)) {
          const outcome = 'repeat: the server received this notification before';
          return { set: {}, along: [recordVerified(notification, { outcome, profile })], value: undefined };
        }
        const report = {
          ...{ to, seqNumber },
          ...(to === 'deleted' && (await afterDeletion(store, profile))),
        };
        const { lateness, ...change } = profileManaged(profile, attempt, report);
        const outcome = lateness ?? 'acted upon';
        return {
          ...change,
          along: [recordVerified(notification, { outcome, profile, key })],
          value: undefined,
        };
      },
    }),
  );
}

/** Why a verified notification has no effect. */
function withoutEffect(metadata: NotificationMetadata, found: Profile | undefined): string {
  if (!metadata.iccid) return 'no effect: the notification names no ICCID';
  if (!found) return 'no effect: no profile with this ICCID was delivered to this eUICC';
  const events = eventsOf(metadata);
  if (events.length === 0) return 'no effect: the notification names no event';
  if (events.length > 1) return `no effect: the notification names several events (${events.join(', ')})`;
  if (events[0] === 'install')
    return 'no effect: only a signed ProfileInstallationResult can report an installation';
  return `no effect: SGP.22 v2 has no event for ${events[0]}`;
}

/** The profile with this ICCID that was delivered to this eUICC. If several were delivered, the newest of them. */
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
 * The key by which a repeated notification is recognised. The key includes the profile's last download, because the
 * seqNumbers of an eUICC begin again after a reset.
 */
const repeatKey = (profile: Profile, eid: string, seqNumber: number, operation: string): string =>
  [profile.id, profile.boundTransactionId?.toString('hex'), eid, seqNumber, operation].join('/');
