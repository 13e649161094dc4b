import { RspCapability, type PprId } from '../../wire/rsp/index.js';

/** What kind of eUICC it is: the parts of EUICCInfo1 and EUICCInfo2 that do not come from its certificates. */
export interface EuiccTraits {
  /** SGP.22 version, `major.minor.revision`. */
  readonly svn: string;
  /** Version of the profile package specification (SAIP). */
  readonly profileVersion: string;
  readonly firmwareVersion: string;
  readonly ppVersion: string;
  /** Octets for profiles in an empty eUICC. */
  readonly nonVolatileMemory: number;
  readonly volatileMemory: number;
  /** Numbers of the bits of UICCCapability (SAIP 3.3, annex A). */
  readonly uiccCapability: readonly number[];
  readonly rspCapability: readonly number[];
  /** Policy rules that this eUICC's rules authorisation table does not let anybody set. */
  readonly forbiddenPolicyRules: readonly (keyof typeof PprId)[];
  readonly sasAccreditationNumber: string;
}

/**
 * usim, isim, csim, Milenage, TUAK-128 and -256, USIM test algorithm, Java Card, several USIMs, ISIMs and CSIMs,
 * BER-TLV files, DF links, GET IDENTITY, profiles A and B of SUCI calculation.
 */
const uiccCapabilities = [1, 2, 3, 4, 6, 7, 8, 14, 16, 17, 18, 19, 20, 22, 23, 24] as const;

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

/** `2.5.0` as VersionType.
 *
 * @throws RangeError when it is no version
 */
export function versionOctets(version: string): Buffer {
  const parts = version.split('.').map(Number);
  if (parts.length !== 3 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)) {
    throw new RangeError(`'${version}' is no version; write three numbers, for instance 2.5.0`);
  }
  return Buffer.from(parts);
}
