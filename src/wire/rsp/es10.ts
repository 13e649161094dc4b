/** The requests and responses of ES10a, ES10b and ES10c (SGP.22 5.7) that LPA and eUICC exchange without the server. */
import {
  any,
  bitString,
  choice,
  integer,
  octetString,
  optional,
  sequenceOf,
  utf8String,
  type Infer,
  type Type,
} from '../asn1/index.js';
import { CtxParams1 } from './authentication.js';
import { Certificate, Iccid, sequence, TransactionId } from './common.js';
import { ProfileClass } from './metadata.js';

/** The tags of the ES10 functions. A request and its response have the same tag. */
export const Es10Tag = {
  getEuiccInfo1: 0xbf20,
  prepareDownload: 0xbf21,
  getEuiccInfo2: 0xbf22,
  listNotification: 0xbf28,
  setNickname: 0xbf29,
  retrieveNotificationsList: 0xbf2b,
  getProfilesInfo: 0xbf2d,
  getEuiccChallenge: 0xbf2e,
  removeNotificationFromList: 0xbf30,
  enableProfile: 0xbf31,
  disableProfile: 0xbf32,
  deleteProfile: 0xbf33,
  euiccMemoryReset: 0xbf34,
  loadBoundProfilePackage: 0xbf36,
  authenticateServer: 0xbf38,
  getEuiccConfiguredAddresses: 0xbf3c,
  getEuiccData: 0xbf3e,
  setDefaultDpAddress: 0xbf3f,
  cancelSession: 0xbf41,
  getRat: 0xbf43,
} as const;

/**
 * A non-negative INTEGER, as its content octets. Some LPAs leave out the sign octet, or encode 0 as no octet at all. `unsignedFrom` reads
 * all these forms.
 */
const Unsigned = (tag: number): Type<Buffer> => octetString(tag, { max: 6 });

/** The value of an `Unsigned`. */
export const unsignedFrom = (octets: Buffer): number =>
  octets.length === 0 ? 0 : octets.readUIntBE(0, octets.length);

/** Requests without members: GetEuiccInfo, GetEuiccChallenge, GetEuiccConfiguredAddresses, GetRat. */
export const EmptyRequest = (tag: number): Type<object> => sequence({}, { tag });

/** EuiccConfiguredAddressesResponse (SGP.22 5.7.3). */
export const EuiccConfiguredAddressesResponse = sequence(
  { defaultDpAddress: optional(utf8String(0x80)), rootDsAddress: utf8String(0x81) },
  { tag: Es10Tag.getEuiccConfiguredAddresses },
);

/** SetDefaultDpAddressRequest (SGP.22 5.7.4). */
export const SetDefaultDpAddressRequest = sequence(
  { defaultDpAddress: utf8String(0x80, { max: 255 }) },
  { tag: Es10Tag.setDefaultDpAddress },
);

/** A response with a result code, tag [0], and nothing else. */
export const ResultResponse = (tag: number) => sequence({ result: integer(0x80) }, { tag });

/** PrepareDownloadRequest (SGP.22 5.7.5). The eUICC decodes the signed parts itself. */
export const PrepareDownloadRequest = sequence(
  {
    smdpSigned2: any(0x30),
    smdpSignature2: any(0x5f37),
    hashCc: optional(octetString(0x04, { length: 32 })),
    smdpCertificate: Certificate,
  },
  { tag: Es10Tag.prepareDownload },
);

/** GetEuiccChallengeResponse (SGP.22 5.7.7). */
export const GetEuiccChallengeResponse = sequence(
  { euiccChallenge: octetString(0x80) },
  { tag: Es10Tag.getEuiccChallenge },
);

/** ListNotificationRequest (SGP.22 5.7.9). */
export const ListNotificationRequest = sequence(
  { profileManagementOperation: optional(bitString(0x81)) },
  { tag: Es10Tag.listNotification },
);

/** ListNotificationResponse (SGP.22 5.7.9). The items are NotificationMetadata. */
export const ListNotificationResponse = sequence(
  { notificationMetadataList: sequenceOf(any(0xbf2f), { tag: 0xa0 }) },
  { tag: Es10Tag.listNotification },
);

/** RetrieveNotificationsListRequest (SGP.22 5.7.10). */
export const RetrieveNotificationsListRequest = sequence(
  {
    searchCriteria: optional(
      choice({ seqNumber: Unsigned(0x80), profileManagementOperation: bitString(0x81) }, { tag: 0xa0 }),
    ),
  },
  { tag: Es10Tag.retrieveNotificationsList },
);

/** RetrieveNotificationsListResponse (SGP.22 5.7.10). The items are PendingNotification. */
export const RetrieveNotificationsListResponse = sequence(
  { notificationList: sequenceOf(any(), { tag: 0xa0 }) },
  { tag: Es10Tag.retrieveNotificationsList },
);

/** NotificationSentRequest (SGP.22 5.7.11). */
export const NotificationSentRequest = sequence(
  { seqNumber: Unsigned(0x80) },
  { tag: Es10Tag.removeNotificationFromList },
);

/** DeleteNotificationStatus (SGP.22 5.7.11). */
export const DeleteNotificationStatus = { ok: 0, nothingToDelete: 1, undefinedError: 127 } as const;

/** AuthenticateServerRequest (SGP.22 5.7.13). The eUICC decodes the signed parts itself. */
export const AuthenticateServerRequest = sequence(
  {
    serverSigned1: any(0x30),
    serverSignature1: any(0x5f37),
    euiccCiPKIdToBeUsed: any(0x04),
    serverCertificate: Certificate,
    ctxParams1: CtxParams1,
  },
  { tag: Es10Tag.authenticateServer },
);

/** CancelSessionRequest (SGP.22 5.7.14). */
export const CancelSessionRequest = sequence(
  { transactionId: TransactionId, reason: Unsigned(0x81) },
  { tag: Es10Tag.cancelSession },
);

/** AID of an ISD-P, [APPLICATION 15]. */
const IsdpAid = octetString(0x4f, { min: 5, max: 16 });

/** ProfileInfoListRequest (SGP.22 5.7.15). `tagList` holds the tags one after another. */
export const ProfileInfoListRequest = sequence(
  {
    searchCriteria: optional(
      choice(
        { isdpAid: IsdpAid, iccid: Iccid, profileClass: integer(0x95, { max: ProfileClass.operational }) },
        { tag: 0xa0 },
      ),
    ),
    tagList: optional(octetString(0x5c)),
  },
  { tag: Es10Tag.getProfilesInfo },
);

/** ProfileInfoListResponse (SGP.22 5.7.15). The items are ProfileInfo, tag E3. */
export const ProfileInfoListResponse = choice(
  { profileInfoListOk: sequenceOf(any(0xe3), { tag: 0xa0 }), profileInfoListError: integer(0x81) },
  { tag: Es10Tag.getProfilesInfo },
);

/** ProfileInfoListError (SGP.22 5.7.15). */
export const ProfileInfoListError = { incorrectInputValues: 1, undefinedError: 127 } as const;

const ProfileIdentifier = (tag: number) => choice({ isdpAid: IsdpAid, iccid: Iccid }, { tag });
export type ProfileIdentifier = Infer<ReturnType<typeof ProfileIdentifier>>;

/**
 * EnableProfileRequest and DisableProfileRequest (SGP.22 5.7.16, 5.7.17). `refreshFlag` is decoded as octets, because
 * pySim encodes TRUE as 01 and FALSE as no octet at all, which is not DER.
 */
export const SwitchProfileRequest = (tag: number) =>
  sequence(
    {
      profileIdentifier: ProfileIdentifier(0xa0),
      refreshFlag: optional(octetString(0x81, { max: 1 })),
    },
    { tag },
  );

/** DeleteProfileRequest (SGP.22 5.7.18). */
export const DeleteProfileRequest = ProfileIdentifier(Es10Tag.deleteProfile);

/** EnableProfileResult (SGP.22 5.7.16). */
export const EnableProfileResult = {
  ok: 0,
  iccidOrAidNotFound: 1,
  profileNotInDisabledState: 2,
  disallowedByPolicy: 3,
  wrongProfileReenabling: 4,
  catBusy: 5,
  undefinedError: 127,
} as const;

/** DisableProfileResult (SGP.22 5.7.17). */
export const DisableProfileResult = {
  ok: 0,
  iccidOrAidNotFound: 1,
  profileNotInEnabledState: 2,
  disallowedByPolicy: 3,
  catBusy: 5,
  undefinedError: 127,
} as const;

/** DeleteProfileResult (SGP.22 5.7.18). */
export const DeleteProfileResult = {
  ok: 0,
  iccidOrAidNotFound: 1,
  profileNotInDisabledState: 2,
  disallowedByPolicy: 3,
  undefinedError: 127,
} as const;

/** EuiccMemoryResetRequest (SGP.22 5.7.19). */
export const EuiccMemoryResetRequest = sequence(
  { resetOptions: bitString(0x82) },
  { tag: Es10Tag.euiccMemoryReset },
);

/** Bits of `resetOptions` (SGP.22 5.7.19). */
export const ResetOption = {
  deleteOperationalProfiles: 0,
  deleteFieldLoadedTestProfiles: 1,
  resetDefaultSmdpAddress: 2,
} as const;

/** ResetResult (SGP.22 5.7.19). */
export const ResetResult = { ok: 0, nothingToDelete: 1, catBusy: 5, undefinedError: 127 } as const;

/** GetEuiccDataRequest (SGP.22 5.7.20). */
export const GetEuiccDataRequest = sequence({ tagList: octetString(0x5c) }, { tag: Es10Tag.getEuiccData });

/** GetEuiccDataResponse (SGP.22 5.7.20). */
export const GetEuiccDataResponse = sequence(
  { eidValue: octetString(0x5a, { length: 16 }) },
  { tag: Es10Tag.getEuiccData },
);

/** Maximum length of a profile's nickname in characters (SGP.22 5.7.21). */
export const longestNickname = 64;

/** SetNicknameRequest (SGP.22 5.7.21). */
export const SetNicknameRequest = sequence(
  { iccid: Iccid, profileNickname: utf8String(0x90, { max: longestNickname }) },
  { tag: Es10Tag.setNickname },
);

/** SetNicknameResult (SGP.22 5.7.21). */
export const SetNicknameResult = { ok: 0, iccidNotFound: 1, undefinedError: 127 } as const;

/** GetRatResponse (SGP.22 5.7.22): the rules authorisation table (2.9.2.4). */
export const GetRatResponse = sequence(
  {
    rat: sequenceOf(
      sequence({
        pprIds: bitString(0x80),
        allowedOperators: sequenceOf(
          sequence({
            mccMnc: octetString(0x80, { length: 3 }),
            gid1: optional(octetString(0x81)),
            gid2: optional(octetString(0x82)),
          }),
          { tag: 0xa1 },
        ),
        pprFlags: bitString(0x82),
      }),
      { tag: 0xa0 },
    ),
  },
  { tag: Es10Tag.getRat },
);
