import { received, tlv } from '../../wire/asn1/index.js';
import { ProfileClass } from '../../wire/rsp/index.js';
import { hasPolicyRule, metadataOf } from './metadata-rules.js';
import type { StoredProfile } from './state.js';

/** A profile as ES10c.GetProfilesInfo (SGP.22 5.7.15) describes it. */
export interface ProfileInfo {
  /** Digits. */
  readonly iccid: string;
  /** Hex. */
  readonly isdpAid: string;
  readonly state: 'enabled' | 'disabled';
  readonly serviceProviderName: string;
  readonly profileName: string;
  readonly profileClass: keyof typeof ProfileClass;
  /** The nickname that the user has set (ES10c.SetNickname). */
  readonly nickname?: string | undefined;
  /** The policy rules of the profile. Absent if it has none. */
  readonly policyRules?: readonly ('ppr1' | 'ppr2')[];
}

export function profileInfo(profile: StoredProfile): ProfileInfo {
  const metadata = metadataOf(profile);
  const { serviceProviderName, profileName, profileClass = ProfileClass.operational } = metadata;
  const policyRules = (['ppr1', 'ppr2'] as const).filter((rule) => hasPolicyRule(metadata, rule));
  return {
    iccid: profile.iccid,
    isdpAid: profile.aid,
    state: profile.state,
    serviceProviderName,
    profileName,
    profileClass: (['test', 'provisioning', 'operational'] as const)[profileClass]!,
    ...(profile.nickname !== undefined && { nickname: profile.nickname }),
    ...(policyRules.length > 0 && { policyRules }),
  };
}

/** The tags that ES10c.GetProfilesInfo returns if the LPA names no tags (SGP.22 5.7.15). */
export const defaultProfileTags = [0x5a, 0x4f, 0x9f70, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95] as const;

/** ProfileInfo (SGP.22 5.7.15) in DER, with the members that have these tags. Unknown tags are ignored. */
export function encodedProfileInfo(profile: StoredProfile, tags: readonly number[]): Buffer {
  const metadata = metadataOf(profile);
  const text = (tag: number, value: string | undefined): Buffer | undefined =>
    value === undefined ? undefined : tlv(tag, Buffer.from(value, 'utf8'));
  const octet = (tag: number, value: number | undefined): Buffer | undefined =>
    value === undefined ? undefined : tlv(tag, Buffer.of(value));
  const { profileClass = ProfileClass.operational, icon } = metadata;
  const members: readonly (readonly [tag: number, encoded: Buffer | undefined])[] = [
    [0x5a, tlv(0x5a, metadata.iccid)],
    [0x4f, tlv(0x4f, Buffer.from(profile.aid, 'hex'))],
    [0x9f70, octet(0x9f70, profile.state === 'enabled' ? 1 : 0)],
    [0x90, text(0x90, profile.nickname)],
    [0x91, text(0x91, metadata.serviceProviderName)],
    [0x92, text(0x92, metadata.profileName)],
    [0x93, octet(0x93, metadata.iconType)],
    [0x94, icon && tlv(0x94, icon)],
    [0x95, octet(0x95, profileClass)],
    [0xb6, metadata.notificationConfigurationInfo && received(metadata.notificationConfigurationInfo)],
    [0xb7, metadata.profileOwner && received(metadata.profileOwner)],
    [0xb8, profile.dpProprietaryData ? Buffer.from(profile.dpProprietaryData, 'base64') : undefined],
    [0x99, metadata.profilePolicyRules && received(metadata.profilePolicyRules)],
    [0xbf22, metadata.serviceSpecificDataStoredInEuicc],
  ];
  const wanted = members.flatMap(([tag, encoded]) => (encoded && tags.includes(tag) ? [encoded] : []));
  return tlv(0xe3, ...wanted);
}
