import {
  any,
  bitString,
  integer,
  octetString,
  optional,
  sequenceOf,
  utf8String,
  type Infer,
} from '../asn1/index.js';
import { Iccid, sequence } from './common.js';

/** ProfileClass (SGP.22 5.5.3). */
export const ProfileClass = { test: 0, provisioning: 1, operational: 2 } as const;

/** IconType (SGP.22 5.5.3). */
export const IconType = { jpg: 0, png: 1 } as const;

/** NotificationEvent bits (SGP.22 2.4a.1.1). */
export const NotificationEvent = {
  notificationInstall: 0,
  notificationEnable: 1,
  notificationDisable: 2,
  notificationDelete: 3,
} as const;

/** OperatorIdentifier (SGP.22 2.4a.1.2). */
export const OperatorIdentifier = (tag: number) =>
  sequence(
    {
      mccMnc: octetString(0x80, { length: 3 }),
      gid1: optional(octetString(0x81)),
      gid2: optional(octetString(0x82)),
    },
    { tag },
  );

/** Maximum length of a profile's names in characters (SGP.22 5.5.3). */
export const longestName = { serviceProviderName: 32, profileName: 64 } as const;

/** StoreMetadataRequest (SGP.22 5.5.3): the profile metadata of authenticateClient and of the BPP. */
export const StoreMetadataRequest = sequence(
  {
    iccid: Iccid,
    serviceProviderName: utf8String(0x91, { max: longestName.serviceProviderName }),
    profileName: utf8String(0x92, { max: longestName.profileName }),
    iconType: optional(integer(0x93, { max: 1 })),
    icon: optional(octetString(0x94, { max: 1024 })),
    profileClass: optional(integer(0x95, { max: 2 })),
    notificationConfigurationInfo: optional(
      sequenceOf(
        sequence({ profileManagementOperation: bitString(0x80), notificationAddress: utf8String(0x81) }),
        { tag: 0xb6 },
      ),
    ),
    profileOwner: optional(OperatorIdentifier(0xb7)),
    profilePolicyRules: optional(bitString(0x99)),
    serviceSpecificDataStoredInEuicc: optional(any(0xbf22)),
    serviceSpecificDataNotStoredInEuicc: optional(any(0xbf23)),
  },
  { tag: 0xbf25 },
);
export type StoreMetadataRequest = Infer<typeof StoreMetadataRequest>;
