import type { DeviceContact, Profile } from '../store/index.js';

/** What has become of a code, in the words in which MDM systems tell their administrators. */
export const deploymentStatuses = [
  'Device not synced',
  'Activation pending',
  'Active',
  'Activation fail',
] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** What the eUICC last said of an installed profile. */
export const cellularStatuses = ['Unknown', 'Enabled', 'Disabled', 'Deleted'] as const;
export type CellularStatus = (typeof cellularStatuses)[number];

/** A profile that was deleted on the device stays Active: its code is spent, and only its cellular status tells. */
export function deploymentStatusOf(profile: Profile, contact: DeviceContact): DeploymentStatus {
  switch (profile.state) {
    case 'Installed':
      return 'Active';
    case 'Error':
    case 'Unavailable':
      return 'Activation fail';
    case 'Downloaded':
      return contact.lastStatus === null ? 'Activation pending' : 'Activation fail';
    case 'Released':
      if (contact.lastStatus !== null) return 'Activation fail';
      return contact.isOngoing ? 'Activation pending' : 'Device not synced';
    case 'Available':
    case 'Allocated':
    case 'Linked':
    case 'Confirmed':
      return 'Device not synced';
  }
}

export function cellularStatusOf({ installedState }: Profile): CellularStatus {
  switch (installedState) {
    case 'enabled':
      return 'Enabled';
    case 'disabled':
      return 'Disabled';
    case 'deleted':
      return 'Deleted';
    case null:
      return 'Unknown';
  }
}
