import {
  Asn1Error,
  bits,
  encode,
  readAll,
  readTlv,
  tlv,
  tlvValue,
  type BitString,
} from '../../wire/asn1/index.js';
import { characterCount, isBroken } from '../../base/characters.js';
import {
  fitsTag5A,
  iccidToOctets,
  longestName,
  NotificationEvent,
  ProfileClass,
  StoreMetadataRequest,
} from '../../wire/rsp/index.js';
import { checker } from '../check.js';
import { ProfileDataError } from '../errors.js';
import { plmnOctets } from '../plmn.js';
import { readIcon } from './icon.js';
import { ProfileMetadata } from './schema.js';

/** Bits of PprIds (SGP.22 2.4a.1.2). */
const policyRuleBit = { pprUpdateControl: 0, ppr1: 1, ppr2: 2 } as const;

const eventBit = {
  install: NotificationEvent.notificationInstall,
  enable: NotificationEvent.notificationEnable,
  disable: NotificationEvent.notificationDisable,
  delete: NotificationEvent.notificationDelete,
} as const;

type Operation = keyof typeof eventBit;

const everyOperation = Object.keys(eventBit) as Operation[];

/**
 * Returns its argument if it is valid metadata.
 *
 * @throws ProfileDataError that names the invalid field
 */
export const checkMetadata: (value: unknown) => ProfileMetadata = checker('metadata', ProfileMetadata);

/**
 * Builds the StoreMetadataRequest of a profile (SGP.22 5.5.3, tag BF25). Both authenticateClient and the bound profile package carry
 * these octets.
 *
 * @param iccid the ICCID of the profile, up to 20 hex digits. Fewer than 18 digits are allowed only for a package that
 * is delivered unchanged
 * @param metadata the metadata of the profile type, with the members that the profile overrides
 * @param serverAddress the address to which eUICCs send all notifications if `metadata` names no address
 * @throws ProfileDataError that names the field that exceeds its limits
 */
export function buildMetadata(iccid: string, metadata: ProfileMetadata, serverAddress: string): Buffer {
  const { serviceProviderName = '', profileName = '', profileClass, profileOwner } = metadata;
  const rules = metadata.profilePolicyRules ?? [];
  if (rules.length > 0 && !profileOwner) {
    throw new ProfileDataError('metadata.profileOwner', 'must be given when there are policy rules');
  }
  const request: StoreMetadataRequest = {
    iccid: iccidOctets(iccid),
    serviceProviderName: limited('serviceProviderName', serviceProviderName, longestName.serviceProviderName),
    profileName: limited('profileName', profileName, longestName.profileName),
    ...readIcon(metadata.icon, metadata.iconType),
    // Both SGP.22 v2.2 and v2.5 take a missing class as operational.
    profileClass: !profileClass || profileClass === 'operational' ? undefined : ProfileClass[profileClass],
    notificationConfigurationInfo: notificationConfiguration(metadata, serverAddress),
    profileOwner: profileOwner && operatorIdentifier(profileOwner),
    profilePolicyRules: rules.length > 0 ? bits(...rules.map((rule) => policyRuleBit[rule])) : undefined,
  };
  return append(encode(StoreMetadataRequest, request), Buffer.from(metadata.extra ?? '', 'hex'));
}

function iccidOctets(iccid: string): Buffer {
  if (!fitsTag5A(iccid)) throw new ProfileDataError('iccid', 'must be 18 to 20 digits');
  return iccidToOctets(iccid);
}

function limited(field: string, text: string, max: number): string {
  const characters = characterCount(text);
  if (characters > max)
    throw new ProfileDataError(`metadata.${field}`, `has ${characters} characters, more than ${max}`);
  if (isBroken(text))
    throw new ProfileDataError(
      `metadata.${field}`,
      'contains half a surrogate pair, which is not a character',
    );
  return text;
}

/**
 * Makes one entry for each address and operation. One entry for several operations would be valid, too. But some eUICCs copy all bits of
 * the entry into a notification, where only one bit may be set.
 */
function notificationConfiguration(
  { notificationConfigurationInfo }: ProfileMetadata,
  serverAddress: string,
): StoreMetadataRequest['notificationConfigurationInfo'] {
  const addresses = notificationConfigurationInfo ?? [
    { profileManagementOperation: everyOperation, notificationAddress: serverAddress },
  ];
  const entries = addresses.flatMap(({ profileManagementOperation, notificationAddress }) =>
    profileManagementOperation.map((operation) => ({
      profileManagementOperation: eventBits[operation],
      notificationAddress,
    })),
  );
  return entries.length > 0 ? entries : undefined;
}

const eventBits = Object.fromEntries(
  everyOperation.map((operation) => [operation, bits(eventBit[operation])]),
) as Record<Operation, BitString>;

const operatorIdentifier = ({ mccMnc, gid1, gid2 }: NonNullable<ProfileMetadata['profileOwner']>) => ({
  mccMnc: plmnOctets(mccMnc.slice(0, 3), mccMnc.slice(3)),
  gid1: gid1 === undefined ? undefined : Buffer.from(gid1, 'hex'),
  gid2: gid2 === undefined ? undefined : Buffer.from(gid2, 'hex'),
});

/**
 * Appends the TLVs of `extra` to the members of `request`. These TLVs may be objects of other specifications, such as
 * BF76.
 */
function append(request: Buffer, extra: Buffer): Buffer {
  if (extra.length === 0) return request;
  try {
    Array.from(readAll(extra, 0, extra.length, 'minimal'));
  } catch (error) {
    if (error instanceof Asn1Error) throw new ProfileDataError('metadata.extra', error.problem);
    throw error;
  }
  const { tag, ...rest } = readTlv(request, 0, request.length, 'minimal');
  return tlv(tag, tlvValue({ tag, ...rest }), extra);
}
