import { Asn1Error, decode, hasBit } from '../../wire/asn1/index.js';
import {
  iccidFromOctets,
  fitsTag5A,
  PprId,
  ProfileClass,
  RspCapability,
  StoreMetadataRequest,
} from '../../wire/rsp/index.js';
import type { Card } from './card.js';
import { InstallationFault } from './faults.js';
import type { StoredProfile } from './state.js';

const command = 'storeMetadata';

/**
 * Decodes a StoreMetadataRequest (DER) and checks it (SGP.22 5.5.3).
 *
 * @throws InstallationFault
 */
export function acceptMetadata(card: Card, encoded: Buffer): StoreMetadataRequest {
  const metadata = decodeMetadata(encoded);
  checkValues(metadata);
  checkIccid(card, metadata);
  checkClass(card, metadata);
  checkPolicyRules(card, metadata);
  return metadata;
}

/** Whether policy rule `rule` is set in this metadata. */
export const hasPolicyRule = (metadata: StoreMetadataRequest, rule: keyof typeof PprId): boolean =>
  metadata.profilePolicyRules !== undefined && hasBit(metadata.profilePolicyRules, PprId[rule]);

/** The metadata of an installed profile. */
export const metadataOf = (profile: StoredProfile): StoreMetadataRequest =>
  decode(StoreMetadataRequest, Buffer.from(profile.metadata, 'base64'));

function decodeMetadata(encoded: Buffer): StoreMetadataRequest {
  try {
    return decode(StoreMetadataRequest, encoded);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new InstallationFault(command, 'incorrectInputValues', error.message);
  }
}

function checkValues(metadata: StoreMetadataRequest): void {
  const wrong = (message: string): InstallationFault =>
    new InstallationFault(command, 'incorrectInputValues', message);
  // Accepts hex digits and fewer than 18 digits, because real profiles have such ICCIDs and an eUICC only compares
  // them.
  if (!fitsTag5A(iccidFromOctets(metadata.iccid))) throw wrong('iccid has no digits');
  if ((metadata.icon === undefined) !== (metadata.iconType === undefined)) {
    throw wrong('only one of icon and iconType is present');
  }
  if (metadata.profilePolicyRules && !metadata.profileOwner) {
    throw wrong('profilePolicyRules need a profileOwner');
  }
}

function checkIccid({ memory }: Card, metadata: StoreMetadataRequest): void {
  const iccid = iccidFromOctets(metadata.iccid);
  if (memory.state.profiles.some((profile) => profile.iccid === iccid)) {
    throw new InstallationFault(
      command,
      'installFailedDueToIccidAlreadyExistsOnEuicc',
      `a profile with ICCID ${iccid} is already installed`,
    );
  }
}

function checkClass({ traits }: Card, { profileClass }: StoreMetadataRequest): void {
  const supportsTests = traits.rspCapability.includes(RspCapability.testProfileSupport);
  if (profileClass === ProfileClass.test && !supportsTests) {
    throw new InstallationFault(command, 'unsupportedProfileClass', 'this eUICC accepts no test profiles');
  }
}

function checkPolicyRules({ traits, memory }: Card, metadata: StoreMetadataRequest): void {
  const forbidden = traits.forbiddenPolicyRules.find((rule) => hasPolicyRule(metadata, rule));
  if (forbidden) {
    throw new InstallationFault(command, 'pprNotAllowed', `${forbidden} is forbidden on this eUICC`);
  }
  const hasOperational = memory.state.profiles.some(
    (profile) => (metadataOf(profile).profileClass ?? ProfileClass.operational) === ProfileClass.operational,
  );
  if (hasPolicyRule(metadata, 'ppr1') && hasOperational) {
    throw new InstallationFault(
      command,
      'pprNotAllowed',
      'PPR1 requires an eUICC without other operational profiles',
    );
  }
}
