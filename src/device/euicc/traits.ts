import { RspCapability, type PprId } from '../../wire/rsp/index.js';

/**
 * The properties from which an eUICC makes EUICCInfo1 and EUICCInfo2 (SGP.22 5.7.8), in addition to its certificates.
 */
export interface EuiccTraits {
  /** SGP.22 version, `major.minor.revision`. */
  readonly svn: string;
  /** Version of the profile package specification (SAIP). */
  readonly profileVersion: string;
  /** `major.minor.revision`. */
  readonly firmwareVersion: string;
  /** Version of the protection profile, `major.minor.revision`. */
  readonly ppVersion: string;
  /** Memory for profiles in an empty eUICC, in octets. */
  readonly nonVolatileMemory: number;
  /** In octets. */
  readonly volatileMemory: number;
  /** Numbers of the set bits of UICCCapability (SAIP 3.3, annex A). */
  readonly uiccCapability: readonly number[];
  /** Numbers of the set bits of RspCapability (SGP.22 5.7.8). */
  readonly rspCapability: readonly number[];
  /** Policy rules that this eUICC forbids to every operator. */
  readonly forbiddenPolicyRules: readonly (keyof typeof PprId)[];
  /** SAS accreditation number of the manufacturer. */
  readonly sasAccreditationNumber: string;
  /** The CI key identifiers in `euiccCiPKIdListForVerification`. Default: the key identifiers of the trusted CIs. */
  readonly verificationCiKeyIds?: readonly Buffer[] | undefined;
  /** The CI key identifiers in `euiccCiPKIdListForSigning`. Default: the key identifiers of the CIs of the credentials. */
  readonly signingCiKeyIds?: readonly Buffer[] | undefined;
  /** The octets that the eUICC sends as EUICCInfo1. Default: the other members of these traits, encoded. */
  readonly euiccInfo1?: Buffer | undefined;
  /** The octets that the eUICC sends as EUICCInfo2. Default: the other members of these traits, encoded. */
  readonly euiccInfo2?: Buffer | undefined;
}

/**
 * The set bits of UICCCapability: usim, isim, csim, Milenage, TUAK-128 and -256, USIM test algorithm, Java Card,
 * several USIMs, ISIMs and CSIMs, BER-TLV files, DF links, GET IDENTITY, profiles A and B of SUCI calculation.
 */
const uiccCapabilities = [1, 2, 3, 4, 6, 7, 8, 14, 16, 17, 18, 19, 20, 22, 23, 24] as const;

/** The eUICC of SGP.22 2.5.0 that `createVirtualDevice` makes by default. */
export const defaultTraits: EuiccTraits = {
  svn: '2.5.0',
  profileVersion: '2.3.1',
  firmwareVersion: '1.0.0',
  ppVersion: '1.0.0',
  nonVolatileMemory: 1_048_576,
  volatileMemory: 16_384,
  uiccCapability: uiccCapabilities,
  rspCapability: [
    RspCapability.additionalProfile,
    RspCapability.testProfileSupport,
    RspCapability.deviceInfoExtensibilitySupport,
  ],
  forbiddenPolicyRules: [],
  sasAccreditationNumber: 'MOCK-EUICC-0001',
};

/** Encodes a version such as `2.5.0` as VersionType: 3 octets.
 *
 * @throws RangeError when `version` is not three numbers from 0 to 255
 */
export function versionOctets(version: string): Buffer {
  const parts = version.split('.').map(Number);
  if (parts.length !== 3 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)) {
    throw new RangeError(`'${version}' is not a version; write three numbers up to 255, for example 2.5.0`);
  }
  return Buffer.from(parts);
}
