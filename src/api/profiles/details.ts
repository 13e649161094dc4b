import Type, { type Static } from 'typebox';
import { transactionIdToText } from '../../wire/rsp/index.js';
import { isShared } from '../../orders/index.js';
import type { Download, HistoryEntry, Profile, Store, StoredNotification } from '../../store/index.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { joined, viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';
import { profileView, shownProfile, type ShownProfile } from './view.js';

/** A transition as the history or the journal records it. */
type Transition = Omit<HistoryEntry, 'from' | 'to'> & { readonly from: string; readonly to: string };

export const historyView = viewFrom<Transition>()((member) => ({
  at: member(Type.String(), ({ at }) => isoTime(at)),
  trigger: member(
    Type.String({ description: 'cause of the transition, such as authenticateClient or cancel' }),
    ({ trigger }) => trigger,
  ),
  from: member(Type.String(), ({ from }) => from),
  to: member(Type.String(), ({ to }) => to),
  status: member(
    Type.Optional(Type.String({ description: 'status code of SGP.22, such as 8.2.7/3.8' })),
    ({ status }) => status,
  ),
  cause: member(Type.Optional(Type.String({ description: 'reason in words' })), ({ cause }) => cause),
  eid: member(Type.Optional(Type.String()), ({ eid }) => eid),
  transactionId: member(
    Type.Optional(Type.String({ description: 'upper-case hex digits' })),
    ({ transactionId }) => transactionId,
  ),
  functionCallIdentifier: member(
    Type.Optional(Type.String()),
    ({ functionCallIdentifier }) => functionCallIdentifier,
  ),
}));

interface ShownNotification extends Pick<StoredNotification, 'verified' | 'outcome'> {
  readonly isReceived: boolean;
  readonly at: number;
  readonly operation: string | null;
  readonly seqNumber: number | null;
  readonly eid: string | null;
  readonly transactionId?: string;
}

const notificationView = viewFrom<ShownNotification>()((member) => ({
  received: member(
    Type.Boolean({ description: 'false: expected, but not received' }),
    ({ isReceived }) => isReceived,
  ),
  at: member(
    Type.String({
      description:
        'time of receipt; for an expected notification, the time since which the server has expected it',
    }),
    ({ at }) => isoTime(at),
  ),
  operation: member(textOrNull('install, enable, disable, delete'), ({ operation }) => operation),
  seqNumber: member(
    orNull(Type.Integer({ description: 'number of the notification' })),
    ({ seqNumber }) => seqNumber,
  ),
  eid: member(
    textOrNull('the eUICC that sent the notification, or that is expected to send it'),
    ({ eid }) => eid,
  ),
  transactionId: member(Type.Optional(Type.String()), ({ transactionId }) => transactionId),
  verified: member(
    Type.Boolean({ description: 'whether the certificates and the signature of the eUICC verify' }),
    ({ verified }) => verified,
  ),
  outcome: member(
    Type.String({ description: 'what the notification changed, or why it changed nothing' }),
    ({ outcome }) => outcome,
  ),
}));

/** Maximum number of devices listed for an order that several devices may use. */
const devicesListed = 100;

const deviceView = viewFrom<Download>()((member) => ({
  eid: member(Type.String(), ({ eid }) => eid),
  at: member(Type.String({ description: 'time of the last change' }), ({ updatedAt }) => isoTime(updatedAt)),
  state: member(Type.String({ description: 'Released, Downloaded, Installed, Error' }), ({ state }) => state),
  errorStatus: member(
    textOrNull('status code of SGP.22 that led to the state Error'),
    ({ errorStatus }) => errorStatus,
  ),
  installedState: member(
    textOrNull('enabled, disabled or deleted: the last report of the eUICC'),
    ({ installedState }) => installedState,
  ),
  transactionId: member(
    textOrNull('transaction of the last BPP, upper-case hex digits'),
    ({ boundTransactionId }) => boundTransactionId && transactionIdToText(boundTransactionId),
  ),
}));

interface InDetail extends ShownProfile {
  /** Number of profiles with the ICCID. */
  readonly sharedBy: number;
  readonly history: readonly HistoryEntry[];
  readonly notifications: readonly StoredNotification[];
  readonly downloads: readonly Download[];
}

const details = joined(
  profileView,
  viewFrom<InDetail>()((member) => ({
    sharedBy: member(
      Type.Integer({ description: 'number of profiles with this ICCID, including this profile' }),
      ({ sharedBy }) => sharedBy,
    ),
    history: member(
      Type.Array(historyView.schema, { description: 'every transition with its cause, oldest first' }),
      ({ history }) => history.map(historyView.of),
    ),
    notifications: member(
      Type.Array(notificationView.schema, {
        description: 'first the received notifications, oldest first; then the expected notifications',
      }),
      ({ profile, history, notifications, downloads }) => {
        const owing = isShared(profile) ? downloads.toReversed() : [profile];
        return [...notifications.map(received), ...owing.flatMap((owed) => expected(owed, history))].map(
          notificationView.of,
        );
      },
    ),
    devices: member(
      Type.Array(deviceView.schema, {
        description: `for a code that several devices may use: the ${devicesListed} devices that changed last, newest first`,
      }),
      ({ downloads }) => downloads.map(deviceView.of),
    ),
  })),
);

/** One transition of a profile with its cause. */
export type HistoryView = Static<typeof historyView.schema>;

/** A profile with its history, notifications and devices. */
export const ProfileDetails = details.schema;
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
  return details.of({
    ...(await shownProfile(store, profile, address)),
    ...{ sharedBy, history, notifications, downloads },
  });
}

const received = (notification: StoredNotification): ShownNotification => ({
  ...notification,
  isReceived: true,
  at: notification.receivedAt,
});

/**
 * The notification that the server expects after it has delivered a BPP and received no result. It may never arrive:
 * some LPAs drop the notification with seqNumber 0, and any LPA may drop notifications that it cannot deliver.
 */
function expected(
  { state, boundTransactionId, eid, updatedAt }: Profile | Download,
  history: readonly HistoryEntry[],
): ShownNotification[] {
  if (state !== 'Downloaded' || boundTransactionId === null) return [];
  const transactionId = transactionIdToText(boundTransactionId);
  const delivery = history.findLast((entry) => entry.transactionId === transactionId);
  return [
    {
      isReceived: false,
      at: delivery?.at ?? updatedAt,
      operation: 'install',
      seqNumber: null,
      eid: delivery?.eid ?? eid,
      transactionId,
      verified: false,
      outcome: 'expected, but not received',
    },
  ];
}
