import Type, { type Static } from 'typebox';
import { transactionIdToText } from '../../wire/rsp/index.js';
import { isShared } from '../../orders/index.js';
import type { Download, HistoryEntry, Profile, Store, StoredNotification } from '../../store/index.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { isoTime, profileView, ProfileView } from './view.js';

const HistoryView = Type.Object({
  at: Type.String(),
  trigger: Type.String({ description: 'cause of the transition, such as authenticateClient or cancel' }),
  from: Type.String(),
  to: Type.String(),
  status: Type.Optional(Type.String({ description: 'status code of SGP.22, such as 8.2.7/3.8' })),
  cause: Type.Optional(Type.String({ description: 'reason in words' })),
  eid: Type.Optional(Type.String()),
  transactionId: Type.Optional(Type.String({ description: 'upper-case hex digits' })),
  functionCallIdentifier: Type.Optional(Type.String()),
});
/** One transition of a profile with its cause. */
export type HistoryView = Static<typeof HistoryView>;

const NotificationView = Type.Object({
  received: Type.Boolean({ description: 'false: expected, but not received' }),
  at: Type.String({
    description: 'time of receipt, or the time since which the server expects the notification',
  }),
  operation: textOrNull('install, enable, disable, delete'),
  seqNumber: orNull(Type.Integer({ description: 'number of the notification' })),
  eid: textOrNull('the eUICC that sent it, or that owes it'),
  transactionId: Type.Optional(Type.String()),
  verified: Type.Boolean({ description: 'whether the certificates and the signature of the eUICC verify' }),
  outcome: Type.String({ description: 'what the notification changed, or why it changed nothing' }),
});

/** Most devices listed for an order that several devices may use. */
const devicesListed = 100;

const DeviceView = Type.Object({
  eid: Type.String(),
  at: Type.String({ description: 'time of the last change' }),
  state: Type.String({ description: 'Released, Downloaded, Installed, Error' }),
  errorStatus: textOrNull('status code of SGP.22 that led to the state Error'),
  installedState: textOrNull('enabled, disabled or deleted: the last report of the eUICC'),
  transactionId: textOrNull('transaction of the last BPP, upper-case hex digits'),
});

/** A profile with its history, notifications and devices. */
export const ProfileDetails = Type.Object({
  ...ProfileView.properties,
  sharedBy: Type.Integer({ description: 'number of profiles with this ICCID, this one included' }),
  history: Type.Array(HistoryView, { description: 'every transition with its cause, oldest first' }),
  notifications: Type.Array(NotificationView, {
    description: 'received notifications, oldest first, then expected ones',
  }),
  devices: Type.Array(DeviceView, {
    description: `for a code that several devices may use: the ${devicesListed} devices that changed last, newest first`,
  }),
});
export type ProfileDetails = Static<typeof ProfileDetails>;

/** @param sharedBy number of profiles with the ICCID */
export async function profileDetails(
  store: Store,
  profile: Profile,
  sharedBy: number,
  address: string,
): Promise<ProfileDetails> {
  const [history, notifications, downloads] = await Promise.all([
    store.history(profile.id),
    store.notifications(profile.id),
    isShared(profile) ? store.downloads(profile.id, devicesListed) : [],
  ]);
  const owing = isShared(profile) ? downloads.toReversed() : [profile];
  return {
    ...(await profileView(store, profile, address)),
    sharedBy,
    history: history.map(({ at, ...entry }) => ({ at: isoTime(at), ...entry })) as ProfileDetails['history'],
    notifications: [...notifications.map(received), ...owing.flatMap((owed) => expected(owed, history))],
    devices: downloads.map(deviceView),
  };
}

const deviceView = (download: Download): Static<typeof DeviceView> => ({
  eid: download.eid,
  at: isoTime(download.updatedAt),
  state: download.state,
  errorStatus: download.errorStatus,
  installedState: download.installedState,
  transactionId: download.boundTransactionId && transactionIdToText(download.boundTransactionId),
});

type NotificationView = Static<typeof NotificationView>;

const received = (notification: StoredNotification): NotificationView => ({
  received: true,
  at: isoTime(notification.receivedAt),
  operation: notification.operation,
  seqNumber: notification.seqNumber,
  eid: notification.eid,
  verified: notification.verified,
  outcome: notification.outcome,
});

/**
 * The notification that is expected after the server delivered a BPP and received no result. Some LPAs drop the
 * notification with seqNumber 0. All LPAs drop notifications that they cannot deliver.
 */
function expected(
  { state, boundTransactionId, eid, updatedAt }: Profile | Download,
  history: readonly HistoryEntry[],
): NotificationView[] {
  if (state !== 'Downloaded' || boundTransactionId === null) return [];
  const transactionId = transactionIdToText(boundTransactionId);
  const delivery = history.findLast((entry) => entry.transactionId === transactionId);
  return [
    {
      received: false,
      at: isoTime(delivery?.at ?? updatedAt),
      operation: 'install',
      seqNumber: null,
      eid: delivery?.eid ?? eid,
      transactionId,
      verified: false,
      outcome: 'expected, not received',
    },
  ];
}
