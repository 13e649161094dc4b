import { setBits } from '../../../wire/asn1/index.js';
import type { Exchange } from '../../../instruments/exchanges/index.js';
import {
  iccidFromOctets,
  NotificationEvent,
  transactionIdToText,
  type NotificationMetadata,
} from '../../../wire/rsp/index.js';
import type { Change, Profile, Store, StoredNotification } from '../../../store/index.js';
import type { Es9PlusContext } from '../context.js';

/** An event that a notification can be about. */
export type Operation = 'install' | 'enable' | 'disable' | 'delete';

const operations: ReadonlyMap<number, Operation> = new Map([
  [NotificationEvent.notificationInstall, 'install'],
  [NotificationEvent.notificationEnable, 'enable'],
  [NotificationEvent.notificationDisable, 'disable'],
  [NotificationEvent.notificationDelete, 'delete'],
]);

/** The event that a notification is about. `undefined` if the notification names no event or several. */
export function operationOf(metadata: NotificationMetadata): Operation | undefined {
  const [event, ...others] = setBits(metadata.profileManagementOperation);
  return event === undefined || others.length > 0 ? undefined : operations.get(event);
}

/** The names of the events in a notification. A bit without a name is called `bit 7`. */
export const eventsOf = (metadata: NotificationMetadata): string[] =>
  setBits(metadata.profileManagementOperation).map((event) => operations.get(event) ?? `bit ${event}`);

/** The members of a stored notification that come from its metadata. */
const described = (
  metadata: NotificationMetadata,
): Pick<StoredNotification, 'iccid' | 'seqNumber' | 'operation'> => ({
  iccid: metadata.iccid ? iccidFromOctets(metadata.iccid) : null,
  seqNumber: metadata.seqNumber,
  operation: operationOf(metadata) ?? null,
});

/** The key under which the server stores the result of a session. A repeated result has the same key. */
export const resultKey = (transactionId: Buffer): string => `result/${transactionIdToText(transactionId)}`;

export interface VerifiedNotification {
  readonly exchange: Exchange;
  readonly metadata: NotificationMetadata;
  readonly octets: Buffer;
  readonly eid: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** How the server handled a verified notification. */
export interface NotificationOutcome {
  /** In words: `acted upon`, or why the notification had no effect. */
  readonly outcome: string;
  /** The profile that the notification is about. Absent if this server does not have this profile. */
  readonly profile?: Profile | undefined;
  /** The key by which a repeat is recognised. Absent if repeats need not be recognised. */
  readonly key?: string | undefined;
}

/** The change that stores a verified notification. The exchange notes the outcome. */
export function recordVerified(
  { exchange, metadata, octets, eid, receivedAt }: VerifiedNotification,
  { outcome, profile, key }: NotificationOutcome,
): Change {
  exchange.noteNotification({ verified: true, outcome });
  const members = { receivedAt, verified: true, octets, eid, outcome };
  const notification = {
    ...{ ...described(metadata), ...members },
    profileId: profile?.id ?? null,
    key: key ?? null,
  };
  return { kind: 'recordNotification', notification };
}

export interface UnverifiedNotification {
  readonly context: Es9PlusContext;
  readonly exchange: Exchange;
  readonly octets: Buffer;
  /** Why the notification cannot be verified. */
  readonly why: string;
}

/** Stores a notification that cannot be verified, and changes nothing else. */
export async function recordUnverified({
  context: { store, clock },
  exchange,
  octets,
  why,
}: UnverifiedNotification): Promise<void> {
  exchange.noteNotification({ verified: false, outcome: why });
  const nothing = { eid: null, iccid: null, seqNumber: null, operation: null, profileId: null, key: null };
  const members = { receivedAt: clock.now().getTime(), verified: false, octets, outcome: why };
  await store.commit([{ kind: 'recordNotification', notification: { ...nothing, ...members } }]);
}

/** The profile of a notification was removed while the server handled the notification, for instance by a reset. */
class ProfileGoneError extends Error {
  override readonly name = 'ProfileGoneError';
}

/** Reads the profile again. @throws ProfileGoneError, which {@link recordIfProfileIsGone} catches */
export async function remainingProfile(store: Store, id: number): Promise<Profile> {
  const profile = await store.profile(id);
  if (!profile) throw new ProfileGoneError(`profile ${id} no longer exists`);
  return profile;
}

/** Applies a verified notification. If the profile was removed in the meantime, only stores the notification. */
export async function recordIfProfileIsGone(
  store: Store,
  notification: VerifiedNotification,
  apply: () => Promise<void>,
): Promise<void> {
  try {
    await apply();
  } catch (error) {
    if (!(error instanceof ProfileGoneError)) throw error;
    const outcome = 'only stored: the profile was removed before the notification could be acted upon';
    await store.commit([recordVerified(notification, { outcome })]);
  }
}
