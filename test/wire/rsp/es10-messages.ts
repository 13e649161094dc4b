import fc from 'fast-check';
import type { Infer } from '../../../src/wire/asn1/index.js';
import * as rsp from '../../../src/wire/rsp/index.js';
import { anyOf, flags, members, message, octets, oneOf, text, type Message } from './arbitrary.js';

const transactionId = octets(1, 16);
const events = flags(rsp.NotificationEvent);
const profileIdentifier = fc.oneof(fc.record({ isdpAid: octets(5, 16) }), fc.record({ iccid: octets(10) }));
const operator = members({ mccMnc: octets(3), gid1: octets(0, 4), gid2: octets(0, 4) }, 'mccMnc');

/** The messages of src/wire/rsp/es10.ts. */
export const es10Messages = (ctxParams1: fc.Arbitrary<Infer<typeof rsp.CtxParams1>>): readonly Message[] => [
  message(
    'EuiccConfiguredAddressesResponse',
    rsp.EuiccConfiguredAddressesResponse,
    members({ defaultDpAddress: text(), rootDsAddress: text() }, 'rootDsAddress'),
  ),
  message(
    'SetDefaultDpAddressRequest',
    rsp.SetDefaultDpAddressRequest,
    fc.record({ defaultDpAddress: text() }),
  ),
  message(
    'SetDefaultDpAddressResponse',
    rsp.ResultResponse(rsp.Es10Tag.setDefaultDpAddress),
    fc.record({ result: fc.nat(127) }),
  ),
  message(
    'PrepareDownloadRequest',
    rsp.PrepareDownloadRequest,
    members(
      {
        smdpSigned2: anyOf(0x30),
        smdpSignature2: anyOf(0x5f37),
        hashCc: octets(32),
        smdpCertificate: anyOf(0x30),
      },
      'smdpSigned2',
      'smdpSignature2',
      'smdpCertificate',
    ),
  ),
  message(
    'GetEuiccChallengeResponse',
    rsp.GetEuiccChallengeResponse,
    fc.record({ euiccChallenge: octets(16) }),
  ),
  message(
    'ListNotificationRequest',
    rsp.ListNotificationRequest,
    members({ profileManagementOperation: events }),
  ),
  message(
    'ListNotificationResponse',
    rsp.ListNotificationResponse,
    fc.record({ notificationMetadataList: fc.array(anyOf(0xbf2f), { maxLength: 3 }) }),
  ),
  message(
    'RetrieveNotificationsListRequest',
    rsp.RetrieveNotificationsListRequest,
    members({
      searchCriteria: fc.oneof(
        fc.record({ seqNumber: octets(0, 6) }),
        fc.record({ profileManagementOperation: events }),
      ),
    }),
  ),
  message(
    'RetrieveNotificationsListResponse',
    rsp.RetrieveNotificationsListResponse,
    fc.record({ notificationList: fc.array(fc.oneof(anyOf(0xbf37), anyOf(0x30)), { maxLength: 3 }) }),
  ),
  message('NotificationSentRequest', rsp.NotificationSentRequest, fc.record({ seqNumber: octets(0, 6) })),
  message(
    'AuthenticateServerRequest',
    rsp.AuthenticateServerRequest,
    fc.record({
      serverSigned1: anyOf(0x30),
      serverSignature1: anyOf(0x5f37),
      euiccCiPKIdToBeUsed: anyOf(0x04),
      serverCertificate: anyOf(0x30),
      ctxParams1,
    }),
  ),
  message(
    'CancelSessionRequest',
    rsp.CancelSessionRequest,
    fc.record({ transactionId, reason: octets(0, 6) }),
  ),
  message(
    'ProfileInfoListRequest',
    rsp.ProfileInfoListRequest,
    members({
      searchCriteria: fc.oneof(profileIdentifier, fc.record({ profileClass: oneOf(rsp.ProfileClass) })),
      tagList: octets(0, 12),
    }),
  ),
  message(
    'ProfileInfoListResponse',
    rsp.ProfileInfoListResponse,
    fc.oneof(
      fc.record({ profileInfoListOk: fc.array(anyOf(0xe3), { maxLength: 3 }) }),
      fc.record({ profileInfoListError: oneOf(rsp.ProfileInfoListError) }),
    ),
  ),
  message(
    'EnableProfileRequest',
    rsp.SwitchProfileRequest(rsp.Es10Tag.enableProfile),
    members({ profileIdentifier, refreshFlag: octets(1) }, 'profileIdentifier'),
  ),
  message('DeleteProfileRequest', rsp.DeleteProfileRequest, profileIdentifier),
  message(
    'EuiccMemoryResetRequest',
    rsp.EuiccMemoryResetRequest,
    fc.record({ resetOptions: flags(rsp.ResetOption) }),
  ),
  message('GetEuiccDataRequest', rsp.GetEuiccDataRequest, fc.record({ tagList: octets(0, 4) })),
  message('GetEuiccDataResponse', rsp.GetEuiccDataResponse, fc.record({ eidValue: octets(16) })),
  message(
    'SetNicknameRequest',
    rsp.SetNicknameRequest,
    fc.record({ iccid: octets(10), profileNickname: text() }),
  ),
  message(
    'GetRatResponse',
    rsp.GetRatResponse,
    fc.record({
      rat: fc.array(
        fc.record({
          pprIds: flags(rsp.PprId),
          allowedOperators: fc.array(operator, { maxLength: 2 }),
          pprFlags: flags({ consentRequired: 0 }),
        }),
        { maxLength: 2 },
      ),
    }),
  ),
];
