import { ProfileClass } from '../../wire/rsp/index.js';
import { metadataOf } from './metadata-rules.js';
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
}

export function profileInfo(profile: StoredProfile): ProfileInfo {
  const { serviceProviderName, profileName, profileClass = ProfileClass.operational } = metadataOf(profile);
  return {
    iccid: profile.iccid,
    isdpAid: profile.aid,
    state: profile.state,
    serviceProviderName,
    profileName,
    profileClass: (['test', 'provisioning', 'operational'] as const)[profileClass]!,
  };
}
