import Type, { type Static } from 'typebox';
import type { DiscoveryResult, DownloadResult, NotificationDelivery } from '../../device/index.js';
import type { OperationRecord, ProfileChange, ResetOutcome } from '../../device/park/index.js';
import { deviceWords } from '../../wire/device-words/index.js';
import { textOrNull } from '../http/or-null.js';
import { DeviceWordsView } from '../journal/device-words-view.js';
import { OperationError, operationError } from './error-view.js';
import { DeliveryView, deliveryView } from './notification-view.js';

const text = (description: string) => Type.Optional(Type.String({ description }));

const downloadMembers = {
  outcome: text(
    'for a download: installed, cancelled or stopped; for a profile change or a reset: ok or nothingToDelete',
  ),
  iccid: text('the profile that was installed or changed'),
  profileName: text('for an installation: profileName in the metadata'),
  serviceProviderName: text('for an installation: serviceProviderName in the metadata'),
  transactionId: text(
    'for a download: the TransactionId in upper-case hex; GET /api/v1/sessions/{transactionId} shows the messages',
  ),
  smdpOid: text('OID of the SM-DP+'),
  seqNumber: Type.Optional(Type.Integer({ description: 'sequence number of the ProfileInstallationResult' })),
  deliveryError: Type.Optional(
    textOrNull('why the delivery of the ProfileInstallationResult failed; null: the server has received it'),
  ),
  reason: text('for a cancelled download: the reason, such as endUserRejection'),
  whatDevicesSay: Type.Optional(DeviceWordsView),
  after: text('for a stopped download: the step after which the device stopped'),
};

/** The result of one download of a discovery. */
const DiscoveredDownload = Type.Object(
  {
    address: Type.String({ description: 'the SM-DP+' }),
    matchingId: textOrNull('the EventID from an SM-DS; null: the server found the order by the EID'),
    ...downloadMembers,
    error: Type.Optional(OperationError),
  },
  { description: 'a successful or failed download of a discovery' },
);

/** The result of an operation of a device. Its members depend on the action. */
export const OperationResult = Type.Object(
  {
    ...downloadMembers,
    downloads: Type.Optional(
      Type.Array(DiscoveredDownload, { description: 'for a discovery: each attempted download' }),
    ),
    removed: Type.Optional(
      Type.Array(Type.String(), { description: 'for a reset: ICCIDs of the deleted profiles' }),
    ),
    notifications: Type.Optional(
      Type.Array(DeliveryView, { description: 'notifications that were sent after the change' }),
    ),
  },
  { additionalProperties: true, description: 'the result of an operation; its members depend on the action' },
);
export type OperationResult = Static<typeof OperationResult>;

/** The result of an operation. Actions of device management have results in other forms. */
export function resultView({ action, result }: OperationRecord): OperationResult {
  switch (action) {
    case 'download':
      return downloadView(result as DownloadResult);
    case 'discover':
      return { downloads: (result as readonly DiscoveryResult[]).map(discoveredView) };
    case 'sendNotifications':
      return { notifications: (result as readonly NotificationDelivery[]).map(deliveryView.of) };
    case 'enable':
    case 'disable':
    case 'delete':
    case 'nickname':
    case 'reset': {
      const { result: outcome, notifications, ...rest } = result as ProfileChange | ResetOutcome;
      return { outcome, ...rest, notifications: notifications.map(deliveryView.of) };
    }
    default:
      return result ?? {};
  }
}

function downloadView(download: DownloadResult): OperationResult {
  if (download.outcome === 'cancelled')
    return { ...download, whatDevicesSay: deviceWords({ kind: 'cancel', reason: download.reason }) };
  if (download.outcome !== 'installed') return { ...download };
  const { confirmationCodeRequired, deliveryError, ...rest } = download;
  return { ...rest, deliveryError: deliveryError?.message ?? null };
}

const discoveredView = ({ address, matchingId, result, error }: DiscoveryResult) => ({
  address,
  matchingId: matchingId ?? null,
  ...(result && downloadView(result)),
  ...(error && { error: operationError.of(error) }),
});
