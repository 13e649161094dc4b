import Type, { type Static } from 'typebox';
import type { ProfileInfo } from '../../device/index.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';

/** A profile on a device (ES10c.GetProfilesInfo). */
export const installedProfileView = viewFrom<ProfileInfo>()(
  (member) => ({
    iccid: member(Type.String(), ({ iccid }) => iccid),
    state: member(Type.Enum(['enabled', 'disabled']), ({ state }) => state),
    profileName: member(Type.String(), ({ profileName }) => profileName),
    serviceProviderName: member(Type.String(), ({ serviceProviderName }) => serviceProviderName),
    profileClass: member(
      Type.Enum(['test', 'provisioning', 'operational']),
      ({ profileClass }) => profileClass,
    ),
    nickname: member(
      textOrNull('the name that the user gave the profile'),
      ({ nickname }) => nickname ?? null,
    ),
    isdpAid: member(Type.String({ description: 'AID of the ISD-P, hex' }), ({ isdpAid }) => isdpAid),
  }),
  { description: 'a profile on the eUICC' },
);

export const InstalledProfileView = installedProfileView.schema;
export type InstalledProfileView = Static<typeof InstalledProfileView>;
