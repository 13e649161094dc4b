import { encode, type Infer } from '../../wire/asn1/index.js';
import { PESecurityDomain, type PEHeader } from '../saip/index.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** Keys by usage (GlobalPlatform 2.3, table 11-17). */
const keySet = [
  { usage: 0x18, id: 0x01 }, // encryption
  { usage: 0x14, id: 0x02 }, // message authentication
  { usage: 0x48, id: 0x03 }, // encryption of data
];

/** Key versions 01 to 0F belong to SCP80. */
const KEY_VERSION = 0x01;

const AES = 0x88;

/** PE-SecurityDomain: the issuer security domain of the profile (MNO-SD), reachable by SCP80. */
export const securityDomain = (header: Infer<typeof PEHeader>, otaKey: string): Buffer =>
  encode(PESecurityDomain, {
    'sd-Header': header,
    instance: {
      applicationLoadPackageAID: hex('a0000001515350'),
      classAID: hex('a000000151535041'),
      instanceAID: hex('a000000151000000'),
      applicationPrivileges: hex('82dc00'),
      lifeCycleState: hex('0f'),
      applicationSpecificParametersC9: hex('81028000'),
      applicationParameters: {
        uiccToolkitApplicationSpecificParametersField: hex('010000000002010206b2010000000000'),
      },
    },
    keyList: keySet.map(({ usage, id }) => ({
      keyUsageQualifier: Buffer.of(usage),
      keyIdentifier: Buffer.of(id),
      keyVersionNumber: Buffer.of(KEY_VERSION),
      keyComponents: [{ keyType: Buffer.of(AES), keyData: hex(otaKey) }],
    })),
  });
