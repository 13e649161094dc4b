import fc from 'fast-check';
import { bits } from '../../../src/wire/asn1/index.js';
import * as rsp from '../../../src/wire/rsp/index.js';
import { anyOf, flags, members, message, octets, oneOf, text, type Message } from './arbitrary.js';
import { es10Messages } from './es10-messages.js';

const transactionId = octets(1, 16);
const signature = octets(64);
const oneTimeKey = octets(65);
const certificate = anyOf(0x30);
const version = octets(3);
const iccid = octets(10);
const oid = fc
  .array(fc.nat(100_000), { minLength: 1, maxLength: 4 })
  .map((arcs) => `2.999.${arcs.join('.')}`);
const keyIds = fc.array(octets(1, 20), { maxLength: 3 });

const deviceInfo = members(
  {
    tac: octets(4),
    deviceCapabilities: fc.record(
      {
        gsmSupportedRelease: version,
        utranSupportedRelease: version,
        cdma2000onexSupportedRelease: version,
        cdma2000hrpdSupportedRelease: version,
        cdma2000ehrpdSupportedRelease: version,
        eutranEpcSupportedRelease: version,
        contactlessSupportedRelease: version,
        rspCrlSupportedVersion: version,
        nrEpcSupportedRelease: version,
        nr5gcSupportedRelease: version,
        eutran5gcSupportedRelease: version,
      },
      { requiredKeys: [] },
    ),
    imei: octets(8),
  },
  'tac',
  'deviceCapabilities',
);

const euiccInfo1 = fc.record({
  svn: version,
  euiccCiPKIdListForVerification: keyIds,
  euiccCiPKIdListForSigning: keyIds,
});

const euiccInfo2 = members(
  {
    profileVersion: version,
    svn: version,
    euiccFirmwareVer: version,
    extCardResource: octets(0, 20),
    uiccCapability: fc.uniqueArray(fc.nat(20)).map((indexes) => bits(...indexes)),
    ts102241Version: version,
    globalplatformVersion: version,
    rspCapability: flags(rsp.RspCapability),
    euiccCiPKIdListForVerification: keyIds,
    euiccCiPKIdListForSigning: keyIds,
    euiccCategory: fc.nat(3),
    forbiddenProfilePolicyRules: flags(rsp.PprId),
    ppVersion: version,
    sasAcreditationNumber: text(64),
    certificationDataObject: anyOf(0xac),
  },
  'profileVersion',
  'svn',
  'euiccFirmwareVer',
  'extCardResource',
  'uiccCapability',
  'rspCapability',
  'euiccCiPKIdListForVerification',
  'euiccCiPKIdListForSigning',
  'ppVersion',
  'sasAcreditationNumber',
);

const serverSigned1 = fc.record({
  transactionId,
  euiccChallenge: octets(16),
  serverAddress: text(),
  serverChallenge: octets(16),
});

const ctxParams1 = fc.record({
  ctxParamsForCommonAuthentication: members({ matchingId: text(), deviceInfo }, 'deviceInfo'),
});

const euiccSigned1 = fc.record({
  transactionId,
  serverAddress: text(),
  serverChallenge: octets(16),
  euiccInfo2,
  ctxParams1,
});

const authenticateServerResponse = fc.oneof(
  fc.record({
    authenticateResponseOk: fc.record({
      euiccSigned1,
      euiccSignature1: signature,
      euiccCertificate: certificate,
      eumCertificate: certificate,
    }),
  }),
  fc.record({
    authenticateResponseError: fc.record({
      transactionId,
      authenticateErrorCode: oneOf(rsp.AuthenticateErrorCode),
    }),
  }),
);

const euiccSigned2 = members(
  { transactionId, euiccOtpk: oneTimeKey, hashCc: fc.oneof(octets(32), octets(0)) },
  'transactionId',
  'euiccOtpk',
);

const prepareDownloadResponse = fc.oneof(
  fc.record({ downloadResponseOk: fc.record({ euiccSigned2, euiccSignature2: signature }) }),
  fc.record({
    downloadResponseError: fc.record({ transactionId, downloadErrorCode: oneOf(rsp.DownloadErrorCode) }),
  }),
);

const euiccCancelSessionSigned = fc.record({
  transactionId,
  smdpOid: oid,
  reason: oneOf(rsp.CancelSessionReason),
});

const cancelSessionResponse = fc.oneof(
  fc.record({
    cancelSessionResponseOk: fc.record({ euiccCancelSessionSigned, euiccCancelSessionSignature: signature }),
  }),
  fc.record({ cancelSessionResponseError: fc.constantFrom(5, 127) }),
);

const controlRefTemplate = fc.record({ keyType: octets(1), keyLen: octets(1), hostId: octets(1, 16) });
const initialiseSecureChannelRequest = fc.record({
  remoteOpId: fc.constant(rsp.installBoundProfilePackage),
  transactionId,
  controlRefTemplate,
  smdpOtpk: oneTimeKey,
  smdpSign: signature,
});

const segments = fc.array(octets(0, 200), { minLength: 1, maxLength: 4 });
const boundProfilePackage = fc.record(
  {
    initialiseSecureChannelRequest,
    firstSequenceOf87: segments,
    sequenceOf88: segments,
    secondSequenceOf87: segments,
    sequenceOf86: segments,
  },
  {
    requiredKeys: ['initialiseSecureChannelRequest', 'firstSequenceOf87', 'sequenceOf88', 'sequenceOf86'],
  },
);

const storeMetadataRequest = members(
  {
    iccid,
    serviceProviderName: text(32),
    profileName: text(64),
    iconType: oneOf(rsp.IconType),
    icon: octets(0, 1024),
    profileClass: oneOf(rsp.ProfileClass),
    notificationConfigurationInfo: fc.array(
      fc.record({ profileManagementOperation: flags(rsp.NotificationEvent), notificationAddress: text() }),
      { maxLength: 4 },
    ),
    profileOwner: members({ mccMnc: octets(3), gid1: octets(0, 8), gid2: octets(0, 8) }, 'mccMnc'),
    profilePolicyRules: flags(rsp.PprId),
    serviceSpecificDataStoredInEuicc: anyOf(0xbf22),
    serviceSpecificDataNotStoredInEuicc: anyOf(0xbf23),
  },
  'iccid',
  'serviceProviderName',
  'profileName',
);

const notificationMetadata = members(
  {
    seqNumber: fc.oneof(fc.nat(3), fc.nat(2 ** 47 - 1)),
    profileManagementOperation: oneOf(rsp.NotificationEvent).map((event) => bits(event)),
    notificationAddress: text(),
    iccid,
  },
  'seqNumber',
  'profileManagementOperation',
  'notificationAddress',
);

const profileInstallationResultData = members(
  {
    transactionId,
    notificationMetadata,
    smdpOid: oid,
    finalResult: fc.oneof(
      fc.record({ successResult: fc.record({ aid: octets(5, 16), simaResponse: octets(0, 40) }) }),
      fc.record({
        errorResult: members(
          {
            bppCommandId: oneOf(rsp.BppCommandId),
            errorReason: oneOf(rsp.ErrorReason),
            simaResponse: octets(0, 40),
          },
          'bppCommandId',
          'errorReason',
        ),
      }),
    ),
  },
  'transactionId',
  'notificationMetadata',
  'finalResult',
);

const profileInstallationResult = fc.record({ profileInstallationResultData, euiccSignPIR: signature });
const otherSignedNotification = fc.record({
  tbsOtherNotification: notificationMetadata,
  euiccNotificationSignature: signature,
  euiccCertificate: certificate,
  eumCertificate: certificate,
});

/** Every message of src/wire/rsp. */
export const messages: readonly Message[] = [
  message('EUICCInfo1', rsp.EuiccInfo1, euiccInfo1),
  message('EUICCInfo2', rsp.EuiccInfo2, euiccInfo2),
  message('DeviceInfo', rsp.DeviceInfo, deviceInfo),
  message('ServerSigned1', rsp.ServerSigned1, serverSigned1),
  message('CtxParams1', rsp.CtxParams1, ctxParams1),
  message('EuiccSigned1', rsp.EuiccSigned1, euiccSigned1),
  message('AuthenticateServerResponse', rsp.AuthenticateServerResponse, authenticateServerResponse),
  message(
    'SmdpSigned2',
    rsp.SmdpSigned2,
    members(
      { transactionId, ccRequiredFlag: fc.boolean(), bppEuiccOtpk: oneTimeKey },
      'transactionId',
      'ccRequiredFlag',
    ),
  ),
  message('EUICCSigned2', rsp.EuiccSigned2, euiccSigned2),
  message('PrepareDownloadResponse', rsp.PrepareDownloadResponse, prepareDownloadResponse),
  message('EuiccCancelSessionSigned', rsp.EuiccCancelSessionSigned, euiccCancelSessionSigned),
  message('CancelSessionResponse', rsp.CancelSessionResponse, cancelSessionResponse),
  message('ControlRefTemplate', rsp.ControlRefTemplate, controlRefTemplate),
  message(
    'InitialiseSecureChannelRequest',
    rsp.InitialiseSecureChannelRequest,
    initialiseSecureChannelRequest,
  ),
  message(
    'ConfigureISDPRequest',
    rsp.ConfigureIsdpRequest,
    fc.record({ dpProprietaryData: fc.record({ dpOid: oid }) }, { requiredKeys: [] }),
  ),
  message('StoreMetadataRequest', rsp.StoreMetadataRequest, storeMetadataRequest),
  message(
    'ReplaceSessionKeysRequest',
    rsp.ReplaceSessionKeysRequest,
    fc.record({ initialMacChainingValue: octets(16), ppkEnc: octets(16), ppkCmac: octets(16) }),
  ),
  message('BoundProfilePackage', rsp.BoundProfilePackage, boundProfilePackage),
  message('NotificationMetadata', rsp.NotificationMetadata, notificationMetadata),
  message('ProfileInstallationResultData', rsp.ProfileInstallationResultData, profileInstallationResultData),
  message('ProfileInstallationResult', rsp.ProfileInstallationResult, profileInstallationResult),
  message('OtherSignedNotification', rsp.OtherSignedNotification, otherSignedNotification),
  message(
    'PendingNotification',
    rsp.PendingNotification,
    fc.oneof(fc.record({ profileInstallationResult }), fc.record({ otherSignedNotification })),
  ),
  message(
    'EUICCResponse',
    rsp.EuiccResponse,
    fc.record({
      peStatus: fc.array(members({ status: fc.nat(127), identification: fc.nat(0x7fff) }, 'status'), {
        maxLength: 5,
      }),
    }),
  ),
  ...es10Messages(ctxParams1),
];
