import {
  bitString,
  integer,
  octetString,
  optional,
  sequenceOf,
  utf8String,
  any,
  type Infer,
} from '../asn1/index.js';
import { sequence, SubjectKeyIdentifier, VersionType } from './common.js';

const CiPKIdList = (tag: number) => sequenceOf(SubjectKeyIdentifier, { tag, max: 64 });

/** EUICCInfo1 (SGP.22 5.7.8): the unsigned description of the eUICC, sent before authentication. */
export const EuiccInfo1 = sequence(
  {
    svn: VersionType(0x82),
    euiccCiPKIdListForVerification: CiPKIdList(0xa9),
    euiccCiPKIdListForSigning: CiPKIdList(0xaa),
  },
  { tag: 0xbf20 },
);
export type EuiccInfo1 = Infer<typeof EuiccInfo1>;

/** Bits of `rspCapability` (SGP.22 5.7.8). */
export const RspCapability = {
  additionalProfile: 0,
  crlSupport: 1,
  rpmSupport: 2,
  testProfileSupport: 3,
  deviceInfoExtensibilitySupport: 4,
} as const;

/** Bits of `PprIds` (SGP.22 2.8.1.1). */
export const PprId = { pprUpdateControl: 0, ppr1: 1, ppr2: 2 } as const;

/** EUICCInfo2 (SGP.22 5.7.8): the signed description of the eUICC. */
export const EuiccInfo2 = sequence(
  {
    profileVersion: VersionType(0x81),
    svn: VersionType(0x82),
    euiccFirmwareVer: VersionType(0x83),
    extCardResource: octetString(0x84),
    uiccCapability: bitString(0x85),
    ts102241Version: optional(VersionType(0x86)),
    globalplatformVersion: optional(VersionType(0x87)),
    rspCapability: bitString(0x88),
    euiccCiPKIdListForVerification: CiPKIdList(0xa9),
    euiccCiPKIdListForSigning: CiPKIdList(0xaa),
    euiccCategory: optional(integer(0x8b)),
    forbiddenProfilePolicyRules: optional(bitString(0x99)),
    ppVersion: VersionType(0x04),
    sasAcreditationNumber: utf8String(0x0c, { max: 64 }),
    certificationDataObject: optional(any(0xac)),
  },
  { tag: 0xbf22 },
);
export type EuiccInfo2 = Infer<typeof EuiccInfo2>;

/**
 * DeviceInfo (SGP.22 4.2): the LPA's description of the device. SGP.22 requires 4 octets for `tac`. Up to 8 octets are accepted, because
 * some clients use ASN.1 modules that require 8.
 */
export const DeviceInfo = sequence(
  {
    tac: octetString(0x80, { min: 4, max: 8 }),
    deviceCapabilities: sequence(
      {
        gsmSupportedRelease: optional(VersionType(0x80)),
        utranSupportedRelease: optional(VersionType(0x81)),
        cdma2000onexSupportedRelease: optional(VersionType(0x82)),
        cdma2000hrpdSupportedRelease: optional(VersionType(0x83)),
        cdma2000ehrpdSupportedRelease: optional(VersionType(0x84)),
        eutranEpcSupportedRelease: optional(VersionType(0x85)),
        contactlessSupportedRelease: optional(VersionType(0x86)),
        rspCrlSupportedVersion: optional(VersionType(0x87)),
        nrEpcSupportedRelease: optional(VersionType(0x88)),
        nr5gcSupportedRelease: optional(VersionType(0x89)),
        eutran5gcSupportedRelease: optional(VersionType(0x8a)),
      },
      { tag: 0xa1 },
    ),
    imei: optional(octetString(0x82, { length: 8 })),
  },
  { tag: 0xa1 },
);
export type DeviceInfo = Infer<typeof DeviceInfo>;
