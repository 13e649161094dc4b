import { encode, received, setBits, type BitString } from '../../../wire/asn1/index.js';
import {
  AuthenticateServerRequest,
  CancelSessionReason,
  CancelSessionRequest,
  CancelSessionResponse,
  DeleteNotificationStatus,
  EmptyRequest,
  Es10Tag,
  GetEuiccChallengeResponse,
  ListNotificationRequest,
  ListNotificationResponse,
  NotificationSentRequest,
  PrepareDownloadRequest,
  ResultResponse,
  RetrieveNotificationsListRequest,
  RetrieveNotificationsListResponse,
  unsignedFrom,
} from '../../../wire/rsp/index.js';
import type { CancelReason, StoredNotification, VirtualEuicc } from '../../euicc/index.js';
import { es10Function, type Es10Function } from './function.js';

const undefinedError = 127;

/** The functions of ES10b (SGP.22 5.7.5 to 5.7.14), except LoadBoundProfilePackage, which the LPA sends in units. */
export const es10b: readonly Es10Function[] = [
  es10Function(PrepareDownloadRequest, (euicc, request) => euicc.prepareDownload(request)),

  es10Function(EmptyRequest(Es10Tag.getEuiccChallenge), (euicc) =>
    encode(GetEuiccChallengeResponse, { euiccChallenge: euicc.getEuiccChallenge() }),
  ),

  es10Function(EmptyRequest(Es10Tag.getEuiccInfo1), (euicc) => euicc.getEuiccInfo1()),

  es10Function(EmptyRequest(Es10Tag.getEuiccInfo2), (euicc) => euicc.getEuiccInfo2()),

  es10Function(ListNotificationRequest, (euicc, { profileManagementOperation }) =>
    encode(ListNotificationResponse, {
      notificationMetadataList: euicc.listNotifications(namedIn(profileManagementOperation)),
    }),
  ),

  es10Function(RetrieveNotificationsListRequest, (euicc, { searchCriteria }) =>
    encode(RetrieveNotificationsListResponse, {
      notificationList: found(euicc, searchCriteria).map(({ content }) => Buffer.from(content, 'base64')),
    }),
  ),

  es10Function(NotificationSentRequest, (euicc, { seqNumber }) => {
    const isRemoved = euicc.removeNotificationFromList(unsignedFrom(seqNumber));
    return encode(ResultResponse(Es10Tag.removeNotificationFromList), {
      result: DeleteNotificationStatus[isRemoved ? 'ok' : 'nothingToDelete'],
    });
  }),

  es10Function(AuthenticateServerRequest, (euicc, request) =>
    euicc.authenticateServer({ ...request, ctxParams1: received(request.ctxParams1) }),
  ),

  es10Function(CancelSessionRequest, (euicc, { transactionId, reason }) => {
    const name = reasonWith(unsignedFrom(reason));
    return name === undefined
      ? encode(CancelSessionResponse, { cancelSessionResponseError: undefinedError })
      : euicc.cancelSession(transactionId, name);
  }),

  es10Function(EmptyRequest(Es10Tag.getRat), (euicc) => euicc.getRat()),
];

/** Older versions of euicc-go name no operation when they want the notifications of all operations. */
const namedIn = (operations: BitString | undefined): BitString | undefined =>
  operations && setBits(operations).length > 0 ? operations : undefined;

type NotificationSearch = { readonly seqNumber: Buffer } | { readonly profileManagementOperation: BitString };

function found(euicc: VirtualEuicc, search: NotificationSearch | undefined): readonly StoredNotification[] {
  if (!search) return euicc.retrieveNotificationsList();
  if ('profileManagementOperation' in search)
    return euicc.retrieveNotificationsList(search.profileManagementOperation);
  const seqNumber = unsignedFrom(search.seqNumber);
  return euicc.retrieveNotificationsList().filter((each) => each.seqNumber === seqNumber);
}

const reasonWith = (code: number): CancelReason | undefined =>
  (Object.keys(CancelSessionReason) as CancelReason[]).find((name) => CancelSessionReason[name] === code);
